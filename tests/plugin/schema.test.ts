import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { RESOURCES } from "../../plugin/resources";
import { FUNCTIONS, PAID } from "../../plugin/functions";
import { ROOT } from "../support/project-copy";

interface Spec {
  readonly type?: string;
  readonly $ref?: string;
  readonly items?: Spec;
  readonly additionalProperties?: Spec;
  readonly oneOf?: readonly Spec[];
  readonly description?: string;
}
interface ObjectSpec {
  readonly properties?: Readonly<Record<string, Spec>>;
  readonly required?: readonly string[];
}
interface ResourceSpec extends ObjectSpec {
  readonly description?: string;
  readonly inputProperties?: Readonly<Record<string, Spec>>;
  readonly requiredInputs?: readonly string[];
  readonly methods?: Readonly<Record<string, string>>;
  readonly aliases?: readonly { type: string }[];
}
interface Schema {
  readonly name: string;
  readonly resources: Readonly<Record<string, ResourceSpec>>;
  readonly functions: Readonly<Record<string, { description?: string; inputs?: ObjectSpec; outputs?: ObjectSpec }>>;
  readonly types: Readonly<Record<string, ObjectSpec>>;
  readonly config: { readonly variables: Readonly<Record<string, Spec & { readonly secret?: boolean }>> };
  readonly provider: ResourceSpec;
}
const schema = JSON.parse(readFileSync(join(ROOT, "plugin/schema.json"), "utf8")) as Schema;

const objects: [string, ObjectSpec][] = [
  ...Object.entries(schema.types),
  ...Object.entries(schema.resources).flatMap(
    ([token, { inputProperties = {}, requiredInputs = [], ...outputs }]): [string, ObjectSpec][] => [
      [token, outputs],
      [`${token} inputs`, { properties: inputProperties, required: requiredInputs }],
    ],
  ),
  ...Object.entries(schema.functions).flatMap(([token, { inputs = {}, outputs = {} }]): [string, ObjectSpec][] => [
    [`${token} inputs`, inputs],
    [`${token} outputs`, outputs],
  ]),
];

function problemsOf(spec: Spec, place: string): string[] {
  const { type, $ref, items, additionalProperties, oneOf } = spec;
  if ($ref !== undefined) {
    const [, kind, token = ""] = /^#\/(types|resources)\/(.+)$/u.exec($ref) ?? [];
    const isThere =
      kind === undefined
        ? /^pulumi\.json#\/(?:Any|Asset)$/u.test($ref)
        : kind === "types"
          ? token in schema.types
          : token in schema.resources;
    return isThere ? [] : [`${place}: ${$ref}`];
  }
  if (oneOf !== undefined) return oneOf.flatMap((one) => problemsOf(one, place));
  if (type === "array") return items === undefined ? [`${place}: no items`] : problemsOf(items, place);
  if (type === "object")
    return additionalProperties === undefined ? [`${place}: no parts`] : problemsOf(additionalProperties, place);
  return ["string", "integer", "number", "boolean"].includes(type ?? "") ? [] : [`${place}: ${type ?? "no type"}`];
}

test("the schema is what the sources say", () => {
  execFileSync(process.execPath, ["plugin/generate.mjs", "--check"], { cwd: ROOT, stdio: "pipe" });
});

test("every type that it names is there, and every required member", () => {
  const wrong = objects.flatMap(([place, { properties = {}, required = [] }]) => [
    ...Object.entries(properties).flatMap(([name, spec]) => problemsOf(spec, `${place}.${name}`)),
    ...required.filter((name) => !(name in properties)).map((name) => `${place} has no ${name}`),
  ]);
  expect(wrong).toEqual([]);
});

test("everything that it offers is served, has a text, and takes over the dynamic resource of its name", () => {
  const names = (tokens: object): string[] =>
    Object.keys(tokens).map((token) => token.replace("vultr-inference:index:", ""));
  expect(names(schema.resources).sort()).toEqual(["KnowledgeBase", ...Object.keys(RESOURCES)].sort());
  expect(names(schema.functions).sort()).toEqual(
    ["KnowledgeBase/ask", "KnowledgeBase/search", ...Object.keys(FUNCTIONS)].sort(),
  );
  for (const [token, { description, aliases = [] }] of Object.entries(schema.resources)) {
    expect([token, description]).toEqual([token, expect.stringMatching(/\w/u)]);
    if (!token.endsWith("KnowledgeBase"))
      expect(aliases).toEqual([{ type: `pulumi-nodejs:dynamic/${token.replace(":index:", ":")}` }]);
  }
  const silent = Object.entries(schema.resources).flatMap(([token, { inputProperties = {} }]) =>
    Object.entries(inputProperties).flatMap(([name, { description }]) => (description ? [] : [`${token}.${name}`])),
  );
  expect(silent).toEqual([]);
  expect(schema.config.variables["apiKey"]).toMatchObject({ secret: true });
});

test("a placeholder has every part that an answer must have", () => {
  for (const [name, placeholder] of Object.entries(PAID)) {
    const { required = [] } = schema.functions[`vultr-inference:index:${name}`]?.outputs ?? {};
    expect([name, Object.keys(placeholder({ model: "m" }))]).toEqual([name, expect.arrayContaining([...required])]);
  }
});

/** Where a value is not what a spec says, as an SDK that is made of the schema would find. */
function strangeIn(value: unknown, { type, $ref, items, additionalProperties, oneOf }: Spec, place: string): string[] {
  if ($ref === "pulumi.json#/Any") return [];
  if (oneOf !== undefined) return oneOf.some((one) => strangeIn(value, one, place).length === 0) ? [] : [place];
  if (Array.isArray(value))
    return items === undefined ? [place] : value.flatMap((one, at) => strangeIn(one, items, `${place}[${at}]`));
  if (typeof value !== "object" || value === null)
    return typeof value === (type === "integer" ? "number" : type) ? [] : [place];
  const { properties, required = [] } = schema.types[$ref?.replace("#/types/", "") ?? ""] ?? {};
  if (properties === undefined && additionalProperties === undefined) return [place];
  return [
    ...required.filter((name) => !(name in value)).map((name) => `${place} has no ${name}`),
    ...Object.entries(value).flatMap(([name, part]: [string, unknown]) => {
      const spec = properties?.[name] ?? additionalProperties;
      return spec === undefined ? [`${place}.${name}`] : strangeIn(part, spec, `${place}.${name}`);
    }),
  ];
}

test.each<[string, unknown]>([
  ["messages", [{ role: "user", content: "Hello" }]],
  ["messages", [{ role: "user", content: [{ type: "image_url", image_url: { url: "https://a.test/a.png" } }] }]],
  ["messages", [{ role: "user", content: [{ type: "input_audio", input_audio: { data: "", format: "wav" } }] }]],
  ["stop", ["."]],
  ["toolChoice", "auto"],
  ["toolChoice", { type: "function", function: { name: "look" } }],
  ["responseFormat", { type: "json_object" }],
  [
    "responseFormat",
    { type: "json_schema", json_schema: { name: "answer", schema: { type: "object" }, strict: true } },
  ],
])("%s of a chat may be %j in every language", (name, value) => {
  for (const method of ["chatCompletion", "ragCompletion", "KnowledgeBase/ask"]) {
    const spec = schema.functions[`vultr-inference:index:${method}`]?.inputs?.properties?.[name];
    if (spec !== undefined) expect(strangeIn(value, spec, name)).toEqual([]);
  }
});

test("what programs would miss is told", () => {
  const { brokenMembers } = createRequire(__filename)(join(ROOT, "plugin/broken-members.cjs")) as {
    brokenMembers: (before: object, now: object) => string[];
  };
  const before = {
    resources: {
      item: {
        properties: { id: { type: "string" } },
        inputProperties: { content: { type: "string" } },
        requiredInputs: ["content"],
      },
    },
  };
  expect(brokenMembers(before, before)).toEqual([]);
  expect(brokenMembers(before, {})).toEqual(["item is gone", "item.id is gone", "item input.content is gone"]);
  const now = {
    resources: {
      item: {
        properties: { id: { type: "integer" } },
        inputProperties: { content: { type: "string" }, title: { type: "string" } },
        requiredInputs: ["content", "title"],
      },
    },
  };
  expect(brokenMembers(before, now)).toEqual(["item.id is of another type", "item input.title must be given now"]);
});
