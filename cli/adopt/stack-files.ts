import { stringify } from "yaml";
import { clean, visibleJson } from "../../provider/text/clean.js";
import { contentSchema } from "../../provider/inputs/content.js";
import { count } from "../../provider/text/quantity.js";
import { isBeginningOf } from "../../provider/functions/located.js";
import { labelOf, titleOf } from "../../provider/ownership/title.js";
import { programIn, type Language, type TakenOver } from "./languages.js";
import { Names } from "./names.js";
import type { Survey, WholeItem } from "./survey.js";

/** A collection with the items of it that a stack shall take over. */
export interface Chosen extends Survey {
  readonly items: readonly WholeItem[];
}

/** The files of a stack, by their paths, and what is not in it. */
export interface StackFiles {
  readonly files: ReadonlyMap<string, string>;
  /** How many items are in it. */
  readonly items: number;
  /** Sentences about what was left alone, and why. */
  readonly left: readonly string[];
}

/** What `items.json` says of an item. */
interface Entry {
  readonly name: string;
  readonly adopt: string;
  readonly file: string;
  readonly description?: string;
}

/** Makes the files of a stack that takes over what was chosen. */
export function stackFiles(
  project: string,
  version: string,
  chosen: readonly Chosen[],
  language: Language = "typescript",
): StackFiles {
  const files = new Map<string, string>();
  const left: string[] = [];
  const all: TakenOver[] = [];
  let taken = 0;
  const statements = chosen.map((one) => {
    const { entries, unfit } = entriesOf(one);
    const folder = `documents/${one.collection.id}`;
    for (const { entry, content } of entries) files.set(`${folder}/${entry.file}`, content);
    if (entries.length > 0 && language === "typescript")
      files.set(`${folder}/items.json`, json(entries.map(({ entry }) => entry)));
    all.push({
      ...one.collection,
      items: entries.map(({ entry, content, isTagged }) => ({
        ...entry,
        description: declaredTitle(entry, content),
        id: entry.adopt,
        path: `${folder}/${entry.file}`,
        isTagged,
      })),
    });
    taken += entries.length;
    left.push(...unfit, ...leftOf(one));
    return statementsOf(one, entries.length > 0 ? folder : undefined);
  });
  if (language !== "typescript")
    return {
      files: new Map([...files, ...programIn(language, project, all, left), ...packageOf(project, version)]),
      items: taken,
      left,
    };
  files.set("index.ts", program(statements, left));
  files.set(
    "Pulumi.yaml",
    stringify({ name: project, runtime: "nodejs", description: "Taken over from what existed" }, { version: "1.1" }),
  );
  files.set(
    "package.json",
    json({
      name: project,
      private: true,
      main: "index.ts",
      dependencies: { "@pulumi/pulumi": "^3.216.0", "pulumi-vultr-inference": `^${version}` },
      devDependencies: { "@types/node": "^20", typescript: "^6.0.3" },
    }),
  );
  files.set(
    "tsconfig.json",
    json({ compilerOptions: { target: "es2022", module: "node16", strict: true, skipLibCheck: true } }),
  );
  files.set(".gitignore", "node_modules/\n");
  return { files, items: taken, left };
}

/** The title that an import finds declared: one that the API has made of the content is none. */
function declaredTitle({ description }: Entry, content: string): string | undefined {
  return description !== undefined && isBeginningOf(content, description) ? undefined : description;
}

/** By which a stack in another language gets the plugin. */
function packageOf(project: string, version: string): ReadonlyMap<string, string> {
  return new Map([
    [
      "package.json",
      json({
        name: project,
        private: true,
        dependencies: { "@pulumi/pulumi": "^3.216.0", "pulumi-vultr-inference": `^${version}` },
      }),
    ],
    [".gitignore", "node_modules/\nsdks/\nvenv/\n"],
  ]);
}

function json(value: unknown): string {
  return `${visibleJson(value, 2)}\n`;
}

/** An item that can be declared. */
interface Fit {
  readonly entry: Entry;
  readonly content: string;
  /** Whether it bears the tag of a stack's resource. */
  readonly isTagged: boolean;
}

function entriesOf({ collection, items }: Chosen): { entries: Fit[]; unfit: string[] } {
  const names = new Names();
  const entries: Fit[] = [];
  const unfit: string[] = [];
  for (const { id, content, description } of items) {
    const checked = contentSchema.safeParse(content);
    if (!checked.success) {
      unfit.push(
        `The item "${clean(id)}" of "${clean(collection.id)}" cannot be declared: its content ` +
          `${checked.error.issues[0]?.message ?? "is unfit"}.`,
      );
      continue;
    }
    const title = titleOf(description).trimEnd();
    const name = names.take(title || content.slice(0, 200), `item-${id.slice(0, 8)}`);
    entries.push({
      entry: { name, adopt: id, file: `${name}.md`, ...(title !== "" && { description: title }) },
      content,
      isTagged: labelOf(description).isTagged,
    });
  }
  return { entries, unfit };
}

function leftOf({ collection, managed, unclear, files, items }: Chosen): string[] {
  const name = `"${clean(collection.id)}"`;
  const taken = new Set(items.map(({ id }) => id));
  const others = managed.filter(({ id }) => !taken.has(id)).length;
  return [
    ...(others > 0
      ? [
          `${count(others, "item")} of ${name} ${others === 1 ? "bears" : "bear"} the tag of a stack's resource. ` +
            "Where that stack is lost, declare it again under the same names, and it finds them; --managed takes " +
            "them over here.",
        ]
      : []),
    ...(files > 0
      ? [
          `${count(files, "file")} of ${name} cannot be taken over as ${files === 1 ? "it is" : "they are"}: the ` +
            "API does not give back the bytes. With the file at hand, declare a File with its filename and adopt.",
        ]
      : []),
    ...(unclear.length > 0
      ? [
          `${count(unclear.length, "item")} of ${name} may be what the API made of its files, which looks the ` +
            "same as what somebody added.",
        ]
      : []),
  ];
}

function statementsOf({ collection: { id, name } }: Chosen, folder: string | undefined): string {
  const made = `new Collection(${text(id)}, { name: ${text(name)}, adopt: ${text(id)} }, { protect: true })`;
  return folder === undefined ? `${made};` : `takeOver(${made}, ${text(folder)}, ${text(id)});`;
}

const text = (value: string): string => visibleJson(value);

function program(statements: readonly string[], left: readonly string[]): string {
  const hasItems = statements.some((statement) => statement.startsWith("takeOver("));
  return [
    "// Takes over what exists: nothing is uploaded. The first up writes a tag before the description of each " +
      "item, by which it",
    "// is known from then on. protect keeps a destroy from deleting what was here before; take it out once the " +
      "stack owns it.",
    ...(left.length > 0 ? ["//", "// Not here:", ...left.map((sentence) => `// - ${sentence}`)] : []),
    ...(hasItems
      ? [
          'import { readFileSync } from "node:fs";',
          'import * as pulumi from "@pulumi/pulumi";',
          'import { Collection, Item } from "pulumi-vultr-inference";',
        ]
      : ['import { Collection } from "pulumi-vultr-inference";']),
    ...(hasItems ? ["", TAKE_OVER] : []),
    "",
    ...statements,
    "",
  ].join("\n");
}

const TAKE_OVER = `interface Adopted {
  readonly name: string;
  readonly adopt: string;
  readonly file: string;
  readonly description?: string;
}

/** Declares the items whose contents lie in a folder, as its items.json lists them. */
function takeOver(collection: Collection, folder: string, prefix: string): void {
  const items = JSON.parse(readFileSync(\`\${folder}/items.json\`, "utf8")) as Adopted[];
  for (const { name, file, ...args } of items) {
    const content = new pulumi.asset.FileAsset(\`\${folder}/\${file}\`);
    new Item(\`\${prefix}-\${name}\`, { collectionId: collection.id, content, ...args }, { protect: true });
  }
}`;
