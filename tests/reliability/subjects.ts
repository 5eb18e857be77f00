import { createHash } from "node:crypto";
import { ownerOf } from "../../provider/ownership/tag";
import { lifecycle as collection } from "../../provider/resources/collection/lifecycle";
import { lifecycle as file } from "../../provider/resources/file/lifecycle";
import { lifecycle as item } from "../../provider/resources/item/lifecycle";
import type { Properties } from "../../provider/values";
import type { Emulated } from "../provider/emulated";
import { Managed } from "../provider/managed";
import { Deployed } from "../provider/resources/documents/support";

/** Something done with a resource while things go wrong. */
export interface Play {
  /** What it is done to, in order: all but the last go well. */
  readonly acts: readonly ((api: Emulated) => Promise<unknown>)[];
  /** What brings the declared state about once nothing goes wrong any more. */
  readonly settle: (api: Emulated) => Promise<unknown>;
  /** What the API holds of it. */
  readonly held: (api: Emulated) => Promise<readonly string[]>;
  readonly expected: readonly string[];
}

/** A kind of resource and what is done with it. */
export interface Subject {
  readonly resource: "Collection" | "Item" | "Documents" | "File";
  readonly verb: string;
  readonly begin: (api: Emulated) => Promise<Play>;
}

let count = 0;

async function shelf(api: Emulated): Promise<string> {
  return (await api.client.collections.create({ name: "Shelf" })).id;
}

async function contents(api: Emulated, collectionId: string): Promise<string[]> {
  const items = await api.client.items.list(collectionId);
  return Promise.all(items.map(async ({ id }) => (await api.client.items.get(collectionId, id)).content));
}

function managed<Inputs, State extends object>(lifecycle: ConstructorParameters<typeof Managed<Inputs, State>>[0]): Managed<Inputs, State> {
  return new Managed<Inputs, State>(lifecycle);
}

type Last = "up" | "destroy" | "refresh";

/** Deploys each program in turn, and does the last thing; what settles it is the deployment, or the deletion, once more. */
function acts<Program>(programs: readonly Program[], last: Last, up: (program: Program) => (api: Emulated) => Promise<unknown>, one: Pick<Managed<unknown, object>, "destroy" | "refresh">): Pick<Play, "acts" | "settle"> {
  const final = programs.slice(-1).map(up);
  const ended = { up: [], destroy: [(api: Emulated) => one.destroy(api)], refresh: [(api: Emulated) => one.refresh(api)] }[last];
  return {
    acts: [...programs.map(up), ...ended],
    settle: async (api) => {
      if (last === "destroy") await one.destroy(api);
      else for (const deploy of final) await deploy(api);
    },
  };
}

const collections = (verb: string, names: readonly string[], last: Last): Subject => ({
  resource: "Collection",
  verb,
  begin: () => {
    const one = managed(collection);
    const up = (name: string) => (api: Emulated) => one.up(api, { name });
    const final = names.at(-1) ?? "";
    return Promise.resolve({
      ...acts(names, last, up, one),
      held: async (api) => (await api.client.collections.list()).map(({ name }) => name),
      expected: last === "destroy" ? [] : [final],
    });
  },
});

const items = (verb: string, programs: readonly Properties[], last: Last): Subject => ({
  resource: "Item",
  verb,
  begin: async (api) => {
    const collectionId = await shelf(api);
    const neighbour = managed(item);
    await neighbour.up(api, { collectionId, content: "The neighbour.", owner: ownerOf(`neighbour-${count++}`) });
    const one = managed(item);
    const owner = ownerOf(`item-${count++}`);
    const up = (program: Properties) => (context: Emulated) => one.up(context, { collectionId, owner, ...program });
    const final = programs.at(-1) ?? {};
    return {
      ...acts(programs, last, up, one),
      held: (context) => contents(context, collectionId),
      expected: ["The neighbour.", ...(last === "destroy" ? [] : [String(final["content"])])],
    };
  },
});

const text = (name: string, version: number): string => `The document ${name} in version ${version}.`;
const folder = (names: readonly string[], version: number): Record<string, string> => Object.fromEntries(names.map((name) => [`${name}.md`, text(name, version)]));

const documents = (verb: string, versions: readonly Record<string, string>[], last: Last): Subject => ({
  resource: "Documents",
  verb,
  begin: async (api) => {
    const collectionId = await shelf(api);
    const neighbour = new Deployed(collectionId).write({ "neighbour.md": "The neighbour." });
    await neighbour.up(api);
    const one = new Deployed(collectionId, { maxDeletePercent: 100 });
    const up = (files: Record<string, string>) => (context: Emulated) => one.write(files).up(context);
    const final = versions.at(-1) ?? {};
    return {
      ...acts(versions, last, up, one.managed),
      held: (context) => contents(context, collectionId),
      expected: ["The neighbour.", ...(last === "destroy" ? [] : Object.values(final))],
    };
  },
});

const SIGNED = { "4dabf18193072939515e22adb298388d": "c44067f5952c0a294b673a41bacd8c17" };
const source = (content: string): Properties => ({ ...SIGNED, hash: createHash("sha256").update(content).digest("hex"), text: content });

const files = (verb: string, sources: readonly string[], last: Last): Subject => ({
  resource: "File",
  verb,
  begin: async (api) => {
    const collectionId = await shelf(api);
    const one = managed(file);
    const up = (content: string) => (context: Emulated) => one.up(context, { collectionId, source: source(content), filename: "bread.md" });
    return {
      ...acts(sources, last, up, one),
      held: async (context) => (await context.client.files.list(collectionId)).map(({ filename }) => filename),
      expected: last === "destroy" ? [] : ["bread.md"],
    };
  },
});

const ALPHA = { content: "Alpha.", description: "A" };
const FOUR = ["a", "b", "c", "d"];

export const SUBJECTS: readonly Subject[] = [
  collections("create", ["Shelf"], "up"),
  collections("update", ["Shelf", "Board"], "up"),
  collections("refresh", ["Shelf"], "refresh"),
  collections("delete", ["Shelf"], "destroy"),
  items("create", [ALPHA], "up"),
  items("update", [ALPHA, { ...ALPHA, description: "B" }], "up"),
  items("replace", [ALPHA, { ...ALPHA, content: "Beta." }], "up"),
  items("refresh", [ALPHA], "refresh"),
  items("delete", [ALPHA], "destroy"),
  documents("create", [folder([...FOUR, "e", "f"], 1)], "up"),
  documents("update", [folder(FOUR, 1), { ...folder(["a", "b"], 1), ...folder(["c", "e", "f"], 2) }], "up"),
  documents("move", [folder(FOUR, 1), { "one.md": text("a", 1), "two.md": text("b", 1), ...folder(["c", "d"], 1) }], "up"),
  documents("refresh", [folder(FOUR, 1)], "refresh"),
  documents("delete", [folder(FOUR, 1)], "destroy"),
  files("create", ["Bread is baked."], "up"),
  files("replace", ["Bread is baked.", "Cake is baked."], "up"),
  files("refresh", ["Bread is baked."], "refresh"),
  files("delete", ["Bread is baked."], "destroy"),
];
