// What the declarations of sdk/ say, in the words of a Pulumi schema: types, texts, and what may be left out.
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import ts from "typescript";

const ROOT = join(dirname(fileURLToPath(import.meta.url)), "..");
const { tokenOf } = createRequire(import.meta.url)("../dist/plugin/resources.js");

// Declarations alone: they are read in a fraction of the time that the sources take.
const sdk = join(ROOT, "dist/sdk/index.d.ts");
const { config } = ts.readConfigFile(join(ROOT, "tsconfig.json"), ts.sys.readFile);
const { options } = ts.parseJsonConfigFileContent(config, ts.sys, ROOT);
const program = ts.createProgram([sdk], ownSources(), hostOfOwn());
export const checker = program.getTypeChecker();
export const exported = new Map(
  checker
    .getExportsOfModule(checker.getSymbolAtLocation(program.getSourceFile(sdk)))
    .map((symbol) => [symbol.name, aliased(symbol)]),
);

/**
 * Options under which the compiler reads this package alone: what is another's, the schema knows by its name.
 */
function ownSources() {
  const own = { noEmit: true, incremental: false, tsBuildInfoFile: undefined };
  return { ...options, ...own, types: [], lib: ["lib.es5.d.ts"], skipLibCheck: true };
}

function hostOfOwn() {
  const host = ts.createCompilerHost(ownSources());
  host.resolveModuleNameLiterals = (names, from) =>
    names.map(({ text }) =>
      text.startsWith(".") ? ts.resolveModuleName(text, from, options, host) : { resolvedModule: undefined },
    );
  return host;
}

function aliased(symbol) {
  return symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
}

/**
 * Numbers that are not whole, of answers and of arguments of functions. Those of resources follow from their checks.
 */
const FRACTIONS = new Set([
  "recall",
  "mrr",
  "logprob",
  "temperature",
  "topP",
  "frequencyPenalty",
  "presencePenalty",
  "score",
  "speed",
]);
/** Examples are in TypeScript. */
const EXAMPLES = /\n*@example[^]*$/u;

export const types = {};

/** The text of a declaration, without its examples, which are in TypeScript. */
export function textOf(declared) {
  return ts.displayPartsToString(declared.getDocumentationComment(checker)).replace(EXAMPLES, "").trim();
}

/** The properties of a type as the schema says them. @param name of the type, for those within it that have none. */
export function propertiesOf(type, name) {
  const properties = {};
  const required = [];
  for (const symbol of checker.getPropertiesOfType(type)) {
    const declaration = symbol.declarations?.find(
      (one) => ts.isPropertySignature(one) || ts.isPropertyDeclaration(one),
    );
    if (declaration?.type === undefined) continue;
    const spec = specOf(declaration.type, `${ownerName(declaration) ?? name}${capital(symbol.name)}`, symbol.name);
    if (spec === undefined) continue;
    const text = textOf(symbol);
    properties[symbol.name] = { ...spec, ...(text !== "" && { description: text }) };
    const isOptional = declaration.questionToken !== undefined || allows(declaration.type);
    if (!isOptional) required.push(symbol.name);
  }
  return { properties, required };
}

/** The interface that declares a property, in the words of its users. */
function ownerName({ parent }) {
  return ts.isInterfaceDeclaration(parent) ? parent.name.text.replace(/Args$/u, "") : undefined;
}

export function capital(word) {
  return word.replace(/(?:^|_)(.)/gu, (_, letter) => letter.toUpperCase());
}

/** Whether a type may be missing. */
function allows(node) {
  if (ts.isUnionTypeNode(node)) return node.types.some(allows);
  if (isWrapper(node)) return allows(node.typeArguments[0]);
  return (
    node.kind === ts.SyntaxKind.UndefinedKeyword ||
    (ts.isLiteralTypeNode(node) && node.literal.kind === ts.SyntaxKind.NullKeyword)
  );
}

function nameOf(node) {
  const { typeName } = node;
  return ts.isIdentifier(typeName) ? typeName.text : typeName.right.text;
}

function isWrapper(node) {
  return ts.isTypeReferenceNode(node) && ["Input", "Output", "InputsOf", "Readonly"].includes(nameOf(node));
}

export const STRING = { type: "string" };
const ANY = { $ref: "pulumi.json#/Any" };
const ASSET = { $ref: "pulumi.json#/Asset" };

/** A type as the schema says it. @param name for a type without one. @param property that has the type. */
function specOf(node, name, property) {
  switch (node.kind) {
    case ts.SyntaxKind.StringKeyword:
      return STRING;
    case ts.SyntaxKind.BooleanKeyword:
      return { type: "boolean" };
    case ts.SyntaxKind.NumberKeyword:
      return { type: FRACTIONS.has(property) ? "number" : "integer" };
    case ts.SyntaxKind.UnknownKeyword:
      return ANY;
    default:
      return composite(node, name, property);
  }
}

function composite(node, name, property) {
  if (ts.isParenthesizedTypeNode(node)) return specOf(node.type, name, property);
  if (ts.isTypeOperatorNode(node)) return specOf(node.type, name, property);
  if (ts.isArrayTypeNode(node)) return { type: "array", items: specOf(node.elementType, name, property) };
  if (ts.isLiteralTypeNode(node)) return ts.isStringLiteral(node.literal) ? STRING : { type: "integer" };
  if (ts.isUnionTypeNode(node)) return union(node, name, property);
  if (ts.isTypeLiteralNode(node)) return object(checker.getTypeAtLocation(node), name, "");
  if (ts.isTypeReferenceNode(node)) return reference(node, name, property);
  throw new Error(`${name}: the schema cannot say ${node.getText()}.`);
}

function union(node, name, property) {
  const forms = node.types.filter((type) => !allows(type));
  if (forms.length > 1 && forms.every(ts.isTypeLiteralNode)) return oneOfForms(forms, name);
  const all = forms.map((type) => specOf(type, name, property));
  // SDKs of some languages fail by a list where there may also be something else: there, one is a list of one, and what
  // may be a text or a list of something else is anything.
  const list = all.find(({ type }) => type === "array");
  if (list !== undefined && list.items.type !== "string" && all.some(({ type }) => type === "string")) return ANY;
  const different = new Map(
    (list ? [list] : all.flatMap((spec) => spec.oneOf ?? [spec])).map((spec) => [JSON.stringify(spec), spec]),
  );
  return different.size === 1 ? different.values().next().value : { oneOf: [...different.values()] };
}

/** Forms of an object as one, which takes the properties of all; what only some forms have may be missing. */
function oneOfForms(nodes, name) {
  const forms = nodes.map((node) => checker.getPropertiesOfType(checker.getTypeAtLocation(node)));
  const own = new Map(forms.flat().map((symbol) => [symbol.name, symbol]));
  const spec = object({ own: [...own.values()] }, name, "");
  const type = types[tokenOf(name)];
  type.required = type.required.filter((wanted) =>
    forms.every((form) => form.some((symbol) => symbol.name === wanted)),
  );
  return spec;
}

function reference(node, name, property) {
  const called = nameOf(node);
  if (isWrapper(node) && !isRecord(node.typeArguments[0])) return specOf(node.typeArguments[0], name, property);
  if (called === "Readonly" || called === "Record") {
    const [, value] = called === "Record" ? node.typeArguments : node.typeArguments[0].typeArguments;
    return { type: "object", additionalProperties: specOf(value, name, property) };
  }
  if (["Asset", "FileAsset", "StringAsset"].includes(called)) return ASSET;
  if (["Collection", "Documents", "File", "RetrievalTest", "ID"].includes(called))
    return called === "ID" ? STRING : undefined;
  const symbol = aliased(checker.getSymbolAtLocation(node.typeName));
  const declaration = symbol.declarations?.[0];
  // A name for a union, or for a part of another type.
  if (declaration !== undefined && ts.isTypeAliasDeclaration(declaration) && !["Omit", "Pick"].includes(called))
    return specOf(declaration.type, called, property);
  const isPart = ["Omit", "Pick"].includes(called);
  return object(checker.getTypeAtLocation(node), isPart ? name : called, isPart ? "" : textOf(symbol));
}

function isRecord(node) {
  return node !== undefined && ts.isTypeReferenceNode(node) && nameOf(node) === "Record";
}

export function object(type, name, text) {
  const token = tokenOf(name);
  if (types[token] === undefined) {
    types[token] = {};
    const { properties, required } = propertiesOf(type, name);
    types[token] = {
      ...(text !== "" && { description: text }),
      type: "object",
      properties,
      ...(required.length > 0 && { required }),
    };
  }
  return { $ref: `#/types/${token}` };
}

/** As `propertiesOf` for the members that a class itself declares. */
const inherited = checker.getPropertiesOfType.bind(checker);
checker.getPropertiesOfType = (type) => type.own ?? inherited(type);
