import { stringify } from "yaml";
import { visibleJson } from "../../provider/text/clean.js";

/** The languages that a stack can be written in. */
export const LANGUAGES = ["typescript", "yaml", "python", "go"] as const;
export type Language = (typeof LANGUAGES)[number];

/** A collection that a stack in another language takes over, and the items of it. */
export interface TakenOver {
  readonly id: string;
  readonly name: string;
  readonly items: readonly TakenItem[];
}

/** An item that a stack takes over: one that bears the tag of another stack is adopted, others are imported. */
export interface TakenItem {
  readonly name: string;
  readonly id: string;
  /** The path of its content from the stack's folder. */
  readonly path: string;
  readonly description?: string | undefined;
  readonly isTagged: boolean;
}

const PLUGIN = "./node_modules/pulumi-vultr-inference/plugin";
const HEAD = [
  "Takes over what exists: nothing is uploaded. The second up writes a tag before the description of each " +
    "imported item, by which it",
  "is known from then on. protect keeps a destroy from deleting what was here before; take it out once the stack " +
    "owns it.",
];

/** The files of a stack in another language than TypeScript, by their paths. */
export function programIn(
  language: Exclude<Language, "typescript">,
  project: string,
  taken: readonly TakenOver[],
  notes: readonly string[],
): ReadonlyMap<string, string> {
  const head = [...HEAD, ...(notes.length > 0 ? ["", "Not here:", ...notes.map((note) => `- ${note}`)] : [])];
  const file = { name: project, description: "Taken over from what existed", packages: { "vultr-inference": PLUGIN } };
  switch (language) {
    case "yaml":
      return new Map([
        ["Pulumi.yaml", `${comment("#", head)}${yaml({ ...file, runtime: "yaml", resources: yamlResources(taken) })}`],
      ]);
    case "python":
      return new Map([
        ["Pulumi.yaml", yaml({ ...file, runtime: { name: "python", options: { virtualenv: "venv" } } })],
        ["requirements.txt", "pulumi>=3.157.0,<4.0.0\nsdks/vultr-inference\n"],
        ["__main__.py", `${comment("#", head)}${python(taken)}`],
      ]);
    case "go":
      return new Map([
        ["Pulumi.yaml", yaml({ ...file, runtime: "go" })],
        ["go.mod", GO_MOD.replace("PROJECT", project)],
        ["main.go", `${comment("//", head)}${go(taken)}`],
      ]);
  }
}

function comment(mark: string, lines: readonly string[]): string {
  return lines.map((line) => `${mark} ${line}`.trimEnd() + "\n").join("");
}

function yaml(value: object): string {
  return stringify(value, { version: "1.1", lineWidth: 0 });
}

/** Pulumi's YAML reads `${…}` within texts as what a resource has, and `$$` as one `$`. */
function plain(text: string): string {
  return text.replace(/\$(?=[${])/gu, () => "$$");
}

function yamlResources(taken: readonly TakenOver[]): object {
  const entries = taken.flatMap(({ id, name, items }) => [
    [
      id,
      { type: "vultr-inference:Collection", properties: { name: plain(name) }, options: { import: id, protect: true } },
    ] as const,
    ...items.map((item) => {
      const { description, isTagged } = item;
      const properties = {
        collectionId: `\${${id}.collectionId}`,
        content: { "fn::fileAsset": item.path },
        ...(description !== undefined && { description: plain(description) }),
        ...(isTagged && { adopt: item.id }),
      };
      return [
        `${id}-${item.name}`,
        {
          type: "vultr-inference:Item",
          properties,
          options: { ...(!isTagged && { import: `${id}/${item.id}` }), protect: true },
        },
      ] as const;
    }),
  ]);
  return Object.fromEntries<object>(entries);
}

/** JSON's texts are texts in Python and in Go as well. */
const text = (value: string): string => visibleJson(value);

function python(taken: readonly TakenOver[]): string {
  const options = (id: string, isTagged: boolean): string =>
    `pulumi.ResourceOptions(${isTagged ? "" : `import_=${text(id)}, `}protect=True)`;
  const statements = taken.flatMap(({ id, name, items }, index) => [
    `collection_${index} = vultr.Collection(${text(id)}, name=${text(name)}, opts=${options(id, false)})`,
    ...items.map((item) => {
      const args = [
        text(`${id}-${item.name}`),
        `collection_id=collection_${index}.collection_id`,
        `content=pulumi.FileAsset(${text(item.path)})`,
        ...(item.description === undefined ? [] : [`description=${text(item.description)}`]),
        ...(item.isTagged ? [`adopt=${text(item.id)}`] : []),
        `opts=${options(`${id}/${item.id}`, item.isTagged)}`,
      ];
      return `vultr.Item(\n${args.map((arg) => `    ${arg},\n`).join("")})`;
    }),
  ]);
  return ["import pulumi", "import pulumi_vultr_inference as vultr", "", ...statements, ""].join("\n");
}

const GO_MOD = `module PROJECT

go 1.25.0

require (
	example.com/pulumi-vultr-inference/sdk/go v0.0.0
	github.com/pulumi/pulumi/sdk/v3 v3.260.0
)

replace example.com/pulumi-vultr-inference/sdk/go => ./sdks/vultr-inference
`;

function go(taken: readonly TakenOver[]): string {
  const imported = (id: string, isTagged: boolean): string =>
    `${isTagged ? "" : `pulumi.Import(pulumi.ID(${text(id)})), `}pulumi.Protect(true)`;
  const checked = ["\t\tif err != nil {", "\t\t\treturn err", "\t\t}"];
  const statements = taken.flatMap(({ id, name, items }, index) => [
    `\t\t${items.length > 0 ? `collection${index}` : "_"}, err ${items.length > 0 ? ":=" : "="} ` +
      `vultr.NewCollection(ctx, ${text(id)}, &vultr.CollectionArgs{Name: pulumi.String(${text(name)})}, ` +
      `${imported(id, false)})`,
    ...checked,
    ...items.flatMap((item) => [
      `\t\t_, err = vultr.NewItem(ctx, ${text(`${id}-${item.name}`)}, &vultr.ItemArgs{`,
      `\t\t\tCollectionId: collection${index}.CollectionId,`,
      `\t\t\tContent:      pulumi.NewFileAsset(${text(item.path)}),`,
      ...(item.description === undefined ? [] : [`\t\t\tDescription:  pulumi.String(${text(item.description)}),`]),
      ...(item.isTagged ? [`\t\t\tAdopt:        pulumi.String(${text(item.id)}),`] : []),
      `\t\t}, ${imported(`${id}/${item.id}`, item.isTagged)})`,
      ...checked,
    ]),
  ]);
  return [
    "package main",
    "",
    "import (",
    '\tvultr "example.com/pulumi-vultr-inference/sdk/go/vultrinference"',
    '\t"github.com/pulumi/pulumi/sdk/v3/go/pulumi"',
    ")",
    "",
    "func main() {",
    "\tpulumi.Run(func(ctx *pulumi.Context) error {",
    "\t\tvar err error",
    ...statements,
    "\t\treturn err",
    "\t})",
    "}",
    "",
  ].join("\n");
}
