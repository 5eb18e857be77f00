// Writes into the pages of the resources their inputs, outputs and types, from the docstrings of sdk/ and the marks that
// `diff` reads: `npm run docs`.
// With `--check` it only says whether the tables are as they must be. Reads the sources and the build.
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import ts from "typescript";

const FOLDER = dirname(fileURLToPath(import.meta.url));
const ROOT = join(FOLDER, "..");
const PAGES = join(FOLDER, "resources");
const MARKS = join(ROOT, "dist/provider/resources");
const require = createRequire(import.meta.url);

const EFFECTS = {
  replace: "replaces",
  update: "in place",
  "create-only": "none (read at creation)",
  "deploy-only": "none (read at each deployment)",
};

/** Where what a page names is declared. */
const SOURCES = ["sdk", "provider/resources/retrieval-test", "provider/resources/documents", "provider/functions"];
const declarations = new Map(
  SOURCES.flatMap((folder) => readdirSync(join(ROOT, folder)).map((name) => join(ROOT, folder, name)))
    .filter((path) => path.endsWith(".ts"))
    .flatMap((path) => ts.createSourceFile(path, readFileSync(path, "utf8"), ts.ScriptTarget.ES2023, true).statements)
    .flatMap((statement) =>
      ts.isInterfaceDeclaration(statement) || ts.isClassDeclaration(statement) || ts.isTypeAliasDeclaration(statement)
        ? [[statement.name.text, statement]]
        : [],
    ),
);

function declared(name) {
  const found = declarations.get(name);
  if (found === undefined) throw new Error(`A page of the resources names ${name}, which no source declares.`);
  return found;
}

/** The fields of an interface, those that it has from others first, or the outputs of a class. */
function membersOf(declaration) {
  const from = (declaration.heritageClauses ?? [])
    .flatMap(({ types }) => types)
    .map(({ expression }) => declarations.get(expression.getText()))
    .filter((base) => base !== undefined && ts.isInterfaceDeclaration(base));
  const own = declaration.members.filter((member) =>
    ts.isClassDeclaration(declaration) ? isOutput(member) : ts.isPropertySignature(member),
  );
  return [...from.flatMap(membersOf), ...own];
}

function isOutput(member) {
  const isStatic = member.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.StaticKeyword) === true;
  return ts.isPropertyDeclaration(member) && !isStatic && !ts.isPrivateIdentifier(member.name);
}

/** A type as people write it: without what says when it is known, and with the forms of an alias in its place. */
function typeOf(node) {
  if (ts.isUnionTypeNode(node))
    return node.types
      .map(typeOf)
      .filter((text) => text !== "undefined")
      .join(" | ");
  if (ts.isTypeReferenceNode(node)) {
    const name = node.typeName.getText().split(".").at(-1);
    if (["Input", "Output", "InputsOf", "Readonly"].includes(name)) return typeOf(node.typeArguments[0]);
    const alias = declarations.get(name);
    if (alias !== undefined && ts.isTypeAliasDeclaration(alias)) return typeOf(alias.type);
  }
  if (ts.isArrayTypeNode(node)) return listOf(typeOf(node.elementType));
  if (ts.isTypeOperatorNode(node) || ts.isParenthesizedTypeNode(node)) return typeOf(node.type);
  return node
    .getText()
    .replaceAll(/\bpulumi\.(?:asset\.)?|\breadonly /gu, "")
    .replaceAll(/\s+/gu, " ");
}

function listOf(element) {
  return element.includes(" | ") ? `(${element})[]` : `${element}[]`;
}

/** The docstring in one line. */
function textOf(member) {
  const [doc] = ts.getJSDocCommentsAndTags(member).filter(ts.isJSDoc);
  return (ts.getTextOfJSDocComment(doc?.comment) ?? "").replaceAll(/\s*\n\s*/gu, " ").trim();
}

const DEFAULT = /\bDefault: ((?:`[^`]*`|"[^"]*"|\d[\d.]*\d|[^.,;:])+)/u;

/** What holds where nothing is given, as the docstring says it. */
function defaultOf(text) {
  const [, word] = text.match(/("\w+"`?), the default/u) ?? [];
  const [, plain] = text.match(DEFAULT) ?? text.match(/\bdefault (`[^`]+`|no limit|\d+)/u) ?? [];
  const found = word?.replaceAll("`", "") ?? plain?.trim() ?? "";
  return /^(?:true|false|\d[\d.]*|"[^"]*")$/u.test(found) ? `\`${found}\`` : found;
}

/** The docstring without a sentence that says nothing but the default. */
function withoutDefault(text, fallback) {
  const plain = fallback.replaceAll("`", "");
  const sentence = `Default: ${plain}.`;
  return `${text} `.replace(`${sentence} `, "").trim();
}

function marksOf(name) {
  const room = name
    .replace(/Args$/u, "")
    .replaceAll(/(?<=[a-z])(?=[A-Z])/gu, "-")
    .toLowerCase();
  const path = join(MARKS, room, "schema.js");
  return name.endsWith("Args") && existsSync(path) ? require(path).fields : undefined;
}

const code = (text) => `\`${text.replaceAll("|", String.raw`\|`)}\``;
const tableOf = (head, rows) =>
  [head, head.map(() => "---"), ...rows].map((row) => `| ${row.join(" | ")} |`).join("\n");

function inputs(name) {
  const marks = marksOf(name);
  const rows = membersOf(declared(name)).map((member) => {
    const property = member.name.getText();
    const text = textOf(member);
    const fallback = defaultOf(text);
    const without = member.questionToken === undefined ? "required" : fallback && `default: ${fallback}`;
    const field = [code(property), code(typeOf(member.type)), without].filter((line) => line !== "");
    const effect = marks === undefined ? [] : [EFFECTS[marks[property].change]];
    return [field.join("<br>"), ...effect, withoutDefault(text, fallback)];
  });
  return tableOf(["Input", ...(marks === undefined ? [] : ["A change"]), "Meaning"], rows);
}

function outputs(name) {
  const rows = membersOf(declared(name)).map((member) => [
    `${code(member.name.getText())}<br>${code(typeOf(member.type))}`,
    textOf(member),
  ]);
  return tableOf(["Output", "Meaning"], rows);
}

const TABLES = { inputs, outputs };
const documented = new Set();

/** A page with its tables as the sources are. */
function written(page) {
  return page.replaceAll(/(<!-- (inputs|outputs) of (\w+) -->\n)[^]*?(<!-- end -->)/gu, (_, start, kind, name, end) => {
    documented.add(name);
    return `${start}${TABLES[kind](name)}\n${end}`;
  });
}

for (const name of readdirSync(PAGES)) {
  const path = join(PAGES, name);
  const before = readFileSync(path, "utf8");
  const after = written(before);
  if (!process.argv.includes("--check")) writeFileSync(path, after);
  else if (after !== before) throw new Error(`The tables in ${name} differ from the sources: run "npm run docs".`);
}

const args = [...declarations.keys()].filter((name) => declarations.has(`${name}Args`) && /^[A-Z]/u.test(name));
const missing = args.filter((name) => !documented.has(`${name}Args`));
if (missing.length > 0) throw new Error(`docs/resources has no tables for: ${missing.join(", ")}.`);
