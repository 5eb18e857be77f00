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
import { capital, checker, exported, object, propertiesOf, STRING, textOf, types } from "./declared.mjs";

const FOLDER = dirname(fileURLToPath(import.meta.url));
const ROOT = join(FOLDER, "..");
const FILE = join(FOLDER, "schema.json");
const require = createRequire(import.meta.url);
const { RESOURCES, tokenOf } = require("../dist/plugin/resources.js");
const { without } = require("../dist/plugin/values.js");
const { FUNCTIONS, PAID, PLACEHOLDER } = require("../dist/plugin/functions.js");
const { description, homepage, license } = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8"));

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

/** What is otherwise than in programs that have the functions themselves. */
function differencesOf(name) {
  if (name in PAID) return [`A preview answers \`${PLACEHOLDER}\`, unless \`runInPreview\` is set.`];
  return name === "requestLogs" ? ["The answer is secret."] : [];
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
      description: [textOf(forms[0]), ...differencesOf(name)].join("\n\n"),
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
