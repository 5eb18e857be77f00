// Writes schema.json, what the package offers to programs in every language: `npm run docs`. Names, types and texts are
// those of the classes and functions of sdk/; what a change does and which numbers are whole, those of the marks and
// checks beside the lifecycles. With `--check` it only says whether the file is as it must be. What programs name must
// not go away: with `--breaking` it may, for a release that says so. Reads what the build has made of the sources.
import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import ts from "typescript";
import { z } from "zod";
import { brokenMembers } from "./broken-members.cjs";

const FOLDER = dirname(fileURLToPath(import.meta.url));
const ROOT = join(FOLDER, "..");
const FILE = join(FOLDER, "schema.json");
const require = createRequire(import.meta.url);
const { RESOURCES, tokenOf } = require("../dist/plugin/resources.js");
const { without } = require("../dist/plugin/values.js");
const { FUNCTIONS, PAID, PLACEHOLDER } = require("../dist/plugin/functions.js");
const { description, homepage, license } = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8"));

// Declarations alone: they are read in a fraction of the time that the sources take.
const sdk = join(ROOT, "dist/sdk/index.d.ts");
const { config } = ts.readConfigFile(join(ROOT, "tsconfig.json"), ts.sys.readFile);
const { options } = ts.parseJsonConfigFileContent(config, ts.sys, ROOT);
const program = ts.createProgram([sdk], ownSources(), hostOfOwn());
const checker = program.getTypeChecker();
const exported = new Map(
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

const types = {};

/** The text of a declaration, without its examples, which are in TypeScript. */
function textOf(symbol) {
  return ts.displayPartsToString(symbol.getDocumentationComment(checker)).replace(EXAMPLES, "").trim();
}

/** The properties of a type as the schema says them. @param name of the type, for those within it that have none. */
function propertiesOf(type, name) {
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

function capital(word) {
  return `${word[0].toUpperCase()}${word.slice(1)}`;
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

const STRING = { type: "string" };
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
  const all = node.types.filter((type) => !allows(type)).map((type) => specOf(type, name, property));
  // SDKs of some languages fail by a list where there may also be something else: there, one is a list of one.
  const list = all.find(({ type }) => type === "array");
  const different = new Map(
    (list ? [list] : all.flatMap((spec) => spec.oneOf ?? [spec])).map((spec) => [JSON.stringify(spec), spec]),
  );
  return different.size === 1 ? different.values().next().value : { oneOf: [...different.values()] };
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

function object(type, name, text) {
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

/** Which of some checked values are whole numbers, also within them. */
function wholeIn(schema) {
  const json = z.toJSONSchema(schema, { unrepresentable: "any", io: "input" });
  return JSON.stringify(json).includes('"type":"integer"') && !JSON.stringify(json).includes('"type":"number"');
}

/** The inputs of a resource: what a class takes, with what the marks say of a change. */
function inputsOf(name, { fields }) {
  const { properties, required } = propertiesOf(checker.getDeclaredTypeOfSymbol(exported.get(`${name}Args`)), name);
  const settable = Object.entries(fields).filter(
    ([, { change, internal }]) => !internal && /^(replace|update|.*-only)$/u.test(change),
  );
  const missing = settable.map(([field]) => field).filter((field) => !(field in properties));
  const strange = Object.keys(properties).filter((property) => !settable.some(([field]) => field === property));
  if (missing.length + strange.length > 0)
    throw new Error(`${name}: class and fields differ in ${[...missing, ...strange].join(", ")}.`);
  for (const [field, { change, schema }] of settable) {
    if (change === "replace") properties[field].willReplaceOnChanges = true;
    if (properties[field].type === "integer" && !wholeIn(schema)) properties[field].type = "number";
  }
  return { inputProperties: properties, requiredInputs: required };
}

function outputsOf(name) {
  const type = checker.getDeclaredTypeOfSymbol(exported.get(name));
  const own = checker
    .getPropertiesOfType(type)
    .filter((symbol) =>
      symbol.declarations?.some(
        (one) =>
          ts.isPropertyDeclaration(one) &&
          one.getSourceFile().fileName.includes("/sdk/") &&
          /^(?:pulumi[.])?Output</u.test(one.type?.getText() ?? ""),
      ),
    );
  return propertiesOf({ own }, name);
}

/** As `propertiesOf` for the members that a class itself declares. */
const inherited = checker.getPropertiesOfType.bind(checker);
checker.getPropertiesOfType = (type) => type.own ?? inherited(type);

const DYNAMIC = "pulumi-nodejs:dynamic/vultr-inference:";

function resource([name, served]) {
  const { properties, required } = outputsOf(name);
  const text = textOf(exported.get(name));
  return [
    tokenOf(name),
    { description: text, properties, required, ...inputsOf(name, served), aliases: [{ type: `${DYNAMIC}${name}` }] },
  ];
}

/** The component: what a program hands in is plain, but for what is within. */
function component(name) {
  const { properties, required } = propertiesOf(checker.getDeclaredTypeOfSymbol(exported.get(`${name}Args`)), name);
  for (const property of ["documents", "files", "questions"]) properties[property].plain = true;
  properties.questions.description =
    "What must be answered: questions with what must be found. They are asked when the content or the questions " +
    "have changed, and fail the deployment where they are not answered. For other settings of the test, declare " +
    "a `RetrievalTest` beside it.";
  const text = textOf(exported.get(name));
  const outputs = outputsOf(name);
  return [
    tokenOf(name),
    {
      description: text,
      isComponent: true,
      ...outputs,
      inputProperties: properties,
      requiredInputs: required,
      methods: { search: `${tokenOf(name)}/search`, ask: `${tokenOf(name)}/ask` },
    },
  ];
}

/**
 * A method of the component, told in the words of its class.
 *
 * @param args what it takes.
 * @param outputs what it answers.
 */
function method(component, name, { properties, required }, outputs) {
  const self = { __self__: { $ref: `#/resources/${tokenOf(component)}` } };
  const symbol = checker.getDeclaredTypeOfSymbol(exported.get(component)).getProperty(name);
  return [
    `${tokenOf(component)}/${name}`,
    {
      description: textOf(symbol),
      inputs: { type: "object", properties: { ...self, ...properties }, required: ["__self__", ...required] },
      outputs: { type: "object", ...outputs },
    },
  ];
}

const TEXT = (text) => ({ ...STRING, description: text });

function methods() {
  const { properties: chat } = propertiesOf(checker.getDeclaredTypeOfSymbol(exported.get("AskArgs")), "Ask");
  const { properties: searched } = propertiesOf(checker.getDeclaredTypeOfSymbol(exported.get("SearchArgs")), "Search");
  const hit = object(
    checker.getDeclaredTypeOfSymbol(exported.get("KnowledgeHit")),
    "KnowledgeHit",
    textOf(exported.get("KnowledgeHit")),
  );
  const results = { type: "array", items: hit, description: "What is closest in meaning, best first." };
  const answer = propertiesOf(
    checker.getDeclaredTypeOfSymbol(exported.get("ChatCompletionResult")),
    "ChatCompletionResult",
  );
  return [
    method(
      "KnowledgeBase",
      "search",
      { properties: without(searched, "collectionId"), required: ["input"] },
      { properties: { results }, required: ["results"] },
    ),
    method(
      "KnowledgeBase",
      "ask",
      {
        properties: { question: TEXT("The question to answer."), ...chat, runInPreview: RUN_IN_PREVIEW },
        required: ["question", "model"],
      },
      answer,
    ),
  ];
}

const RUN_IN_PREVIEW = {
  type: "boolean",
  description:
    "Whether to ask in previews, too, where it costs as much as in the deployment. Default false: a preview " +
    `answers \`${PLACEHOLDER}\`, or what an earlier run has recorded.`,
};

function functionSpec(name) {
  const { properties, required } = propertiesOf(
    checker.getDeclaredTypeOfSymbol(exported.get(`${capital(name)}Args`)),
    capital(name),
  );
  const forms = checker.getTypeOfSymbol(exported.get(name)).getCallSignatures();
  const [answered] = checker.getTypeArguments(forms.at(-1).getReturnType());
  const result = propertiesOf(answered, `${capital(name)}Result`);
  const isPaid = name in PAID;
  if (isPaid) properties["runInPreview"] = RUN_IN_PREVIEW;
  if (name === "speech")
    result.properties["file"] = {
      type: "string",
      description: "The path of the file, as it was given; not there without one.",
    };
  return [
    tokenOf(name),
    {
      description: textOf(exported.get(name)),
      inputs: { type: "object", properties, ...(required.length > 0 && { required }) },
      outputs: { type: "object", properties: result.properties, required: result.required },
    },
  ];
}

function providerSpec() {
  const { properties } = propertiesOf(checker.getDeclaredTypeOfSymbol(exported.get("ProviderArgs")), "Provider");
  for (const name of ["requestsPerSecond", "timeoutSeconds"]) properties[name].type = "number";
  properties.apiKey.secret = true;
  properties.apiKey.description =
    "The key of the account's inference subscription. Always secret in the state. Of the default provider, " +
    "environment `VULTR_INFERENCE_API_KEY` stands in for it.";
  return properties;
}

const unserved = [...exported.keys()].filter((name) => exported.has(`${name}Output`) && !(name in FUNCTIONS));
if (unserved.length > 0) throw new Error(`plugin/functions.ts does not serve ${unserved.join(", ")}.`);

const settings = providerSpec();
const schema = {
  name: "vultr-inference",
  displayName: "Vultr Inference",
  description,
  license,
  ...(homepage !== undefined && { homepage }),
  keywords: ["pulumi", "vultr", "category/cloud", "kind/native"],
  meta: { moduleFormat: "(.*)" },
  config: { variables: settings },
  provider: { description: textOf(exported.get("Provider")), inputProperties: settings },
  resources: Object.fromEntries([...Object.entries(RESOURCES).map(resource), component("KnowledgeBase")]),
  functions: Object.fromEntries([...Object.keys(FUNCTIONS).map(functionSpec), ...methods()]),
  types: {},
  language: {
    go: {
      importBasePath: "example.com/pulumi-vultr-inference/sdk/go/vultrinference",
      generateResourceContainerTypes: false,
    },
    nodejs: { packageName: "pulumi-vultr-inference-native", respectSchemaVersion: true },
    python: { packageName: "pulumi_vultr_inference", respectSchemaVersion: true, pyproject: { enabled: true } },
  },
};

/** Adds the types that something names, and those that these name. */
function addTypes(spec) {
  for (const [, token] of JSON.stringify(spec).matchAll(/"#\/types\/([^"]+)"/gu)) {
    if (schema.types[token] !== undefined) continue;
    schema.types[token] = types[token];
    addTypes(types[token]);
  }
}
addTypes([schema.resources, schema.functions]);

const text = `${JSON.stringify(schema, undefined, 2)}\n`;
if (process.argv.includes("--check")) {
  if (readFileSync(FILE, "utf8") !== text)
    throw new Error('plugin/schema.json differs from what the sources say: run "npm run docs".');
} else {
  const broken = process.argv.includes("--breaking") ? [] : brokenMembers(committed(), schema);
  if (broken.length > 0)
    throw new Error(
      `Programs that name these members would fail: ${broken.join("; ")}. Keep them, or pass --breaking.`,
    );
  writeFileSync(FILE, text);
}

/** The schema of the last commit; without one, nothing. */
function committed() {
  try {
    return JSON.parse(
      execFileSync("git", ["show", "HEAD:plugin/schema.json"], {
        cwd: ROOT,
        encoding: "utf8",
        stdio: ["ignore", "pipe", "ignore"],
        maxBuffer: 1 << 26,
      }),
    );
  } catch {
    return {};
  }
}
