import { createHash } from "node:crypto";
import { ownerOf } from "../../provider/ownership/tag";
import { lifecycle as collection } from "../../provider/resources/collection/lifecycle";
import { lifecycle as file_ } from "../../provider/resources/file/lifecycle";
import { lifecycle as item } from "../../provider/resources/item/lifecycle";
import type { Properties } from "../../provider/engine/values";
import { emulated, type Emulated } from "../provider/emulated";
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

function managed<Inputs, State extends object>(
  lifecycle: ConstructorParameters<typeof Managed<Inputs, State>>[0],
): Managed<Inputs, State> {
  return new Managed<Inputs, State>(lifecycle);
}

type Last = "up" | "destroy" | "refresh";

/**
 * Deploys each program in turn, and does the last thing; what settles it is the deployment, or the deletion, once more.
 */
function acts<Program>(
  programs: readonly Program[],
  last: Last,
  up: (program: Program) => (api: Emulated) => Promise<unknown>,
  one: Pick<Managed<unknown, object>, "destroy" | "refresh">,
): Pick<Play, "acts" | "settle"> {
  const final = programs.slice(-1).map(up);
  const ended = {
    up: [],
    destroy: [(api: Emulated) => one.destroy(api)],
    refresh: [(api: Emulated) => one.refresh(api)],
  }[last];
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
const folder = (names: readonly string[], version: number): Record<string, string> =>
  Object.fromEntries(names.map((name) => [`${name}.md`, text(name, version)]));

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
const source = (content: string): Properties => ({
  ...SIGNED,
  hash: createHash("sha256").update(content).digest("hex"),
  text: content,
});

const files = (verb: string, sources: readonly string[], last: Last): Subject => ({
  resource: "File",
  verb,
  begin: async (api) => {
    const collectionId = await shelf(api);
    const one = managed(file_);
    const up = (content: string) => (context: Emulated) =>
      one.up(context, { collectionId, source: source(content), filename: "bread.md" });
    return {
      ...acts(sources, last, up, one),
      held: async (context) => (await context.client.files.list(collectionId)).map(({ filename }) => filename),
      expected: last === "destroy" ? [] : ["bread.md"],
    };
  },
});

const BY_HAND = "Somebody wrote this by hand.";

/** What was there before is taken over, by a resource that then gets another name without an alias, or goes. */
const adopted = (resource: "Collection" | "Item" | "File", last: "rename" | "destroy"): Subject => ({
  resource,
  verb: last === "rename" ? "adopted, renamed without alias" : "adopted, then deleted",
  begin: async (api) => {
    const collectionId = await shelf(api);
    const { item: hand } = await api.client.items.add(collectionId, { content: BY_HAND, description: "By hand" });
    const file = await api.client.files.add(collectionId, {
      filename: "bread.md",
      source: Buffer.from("Bread is baked."),
    });
    for (let status = ""; status !== "completed"; ) ({ status } = await api.client.files.get(collectionId, file.id));
    const lifecycle = { Collection: collection, Item: item, File: file_ }[resource] as typeof item;
    const program = {
      Collection: { name: "Shelf", adopt: collectionId },
      Item: { collectionId, content: BY_HAND, adopt: hand.id },
      File: { collectionId, source: source("Bread is baked."), filename: "bread.md", adopt: file.id },
    }[resource];
    const [before, after] = [managed(lifecycle), managed(lifecycle)];
    const up = (one: typeof before, owner: string) => (context: Emulated) => one.up(context, { ...program, owner });
    const [first, second] = [ownerOf(`adopted-${count++}`), ownerOf(`adopted-${count++}`)];
    // A deletion comes after all else, and is tried again in the next deployment.
    const renamed = async (context: Emulated): Promise<void> => {
      await up(after, second)(context);
      await before.destroy(context);
    };
    const deleted = (context: Emulated): Promise<void> =>
      before
        .destroy(context)
        .catch((error: unknown) =>
          (error as Error).message.includes("that this stack did not put there")
            ? undefined
            : Promise.reject(error as Error),
        );
    const ended = last === "rename" ? renamed : deleted;
    const expected = [BY_HAND, "Bread is baked."].filter(
      (text) => last === "rename" || text !== { Collection: "", Item: BY_HAND, File: "Bread is baked." }[resource],
    );
    return {
      acts: [up(before, first), ended],
      settle: ended,
      held: (context) => contents(context, collectionId),
      expected,
    };
  },
});

/** A resource that was given another name, and a new one under the old name, with another content. */
const renamed = (resource: "Item" | "Documents"): Subject => ({
  resource,
  verb: "renamed, old name used again",
  begin: async (api) => {
    const collectionId = await shelf(api);
    const [old, other] = [ownerOf(`old-${count++}`), ownerOf(`new-${count++}`)];
    const [one, two] = [twin(resource, collectionId), twin(resource, collectionId)];
    const both = async (context: Emulated): Promise<void> => {
      await one(context, other, "Alpha.");
      await two(context, old, "Beta.");
    };
    return {
      acts: [(context) => one(context, old, "Alpha."), both],
      settle: both,
      held: (context) => contents(context, collectionId),
      expected: ["Alpha.", "Beta."],
    };
  },
});

/** Two stacks of one name in two backends that have a collection in common; the second one is deleted again. */
const twins = (resource: "Item" | "Documents", text: string, last: "up" | "destroy"): Subject => ({
  resource,
  verb:
    `of two stacks of one name, ${text === "Alpha." ? "equal" : "other"} content, ` +
    (last === "up" ? "both deployed" : "one deleted"),
  begin: async (api) => {
    const collectionId = await shelf(api);
    const owner = ownerOf(`twin-${count++}`);
    const [one, two] = [twin(resource, collectionId), twin(resource, collectionId)];
    const up = (context: Emulated): Promise<void> => two(context.elsewhere({}), owner, text);
    const down = (context: Emulated): Promise<void> => two(context.elsewhere({}), owner);
    const expected = last === "destroy" ? ["Alpha."] : [...new Set(["Alpha.", text])];
    return {
      acts: [(context) => one(context, owner, "Alpha."), up, ...(last === "destroy" ? [down] : [])],
      settle: last === "destroy" ? down : up,
      held: (context) => contents(context, collectionId),
      expected,
    };
  },
});

/** A stack whose address leads to another API for one refresh and one destroy. */
const elsewhere = (resource: "Item" | "Documents"): Subject => ({
  resource,
  verb: "looked for at another API",
  begin: async (api) => {
    const collectionId = await shelf(api);
    const owner = ownerOf(`elsewhere-${count++}`);
    const one = twin(resource, collectionId);
    const wrong = async (context: Emulated): Promise<void> => {
      const other = await emulated();
      const there = context.afresh({ baseUrl: other.emulator.url, apiKey: other.emulator.key });
      const refused = await Promise.allSettled([one.refresh(there), one(there, owner)]);
      await other.emulator.close();
      if (refused.some(({ status }) => status === "fulfilled"))
        throw new Error("Another API was taken for this one: it must be told apart; try again.");
    };
    return {
      acts: [(context) => one(context, owner, "Alpha."), wrong],
      settle: (context) => one(context, owner, "Alpha."),
      held: (context) => contents(context, collectionId),
      expected: ["Alpha."],
    };
  },
});

type Twin = ((api: Emulated, owner: string, content?: string) => Promise<void>) & {
  refresh: (api: Emulated) => Promise<unknown>;
};

/** An item, or one document, as a resource that can be given any owner and content; without a content it is deleted. */
function twin(resource: "Item" | "Documents", collectionId: string): Twin {
  if (resource === "Item") {
    const one = managed(item);
    const deploy = async (api: Emulated, owner: string, content?: string): Promise<void> => {
      await (content === undefined ? one.destroy(api) : one.up(api, { collectionId, content, owner }));
    };
    return Object.assign(deploy, { refresh: (api: Emulated) => one.refresh(api) });
  }
  const docs = new Deployed(collectionId, { maxDeletePercent: 100 });
  const deploy = async (api: Emulated, owner: string, content?: string): Promise<void> => {
    if (content === undefined) return docs.managed.destroy(api);
    // What an up has begun is deployed as the document of the one who declares it.
    await docs.write({ [`${content.replace(/\W/gu, "")}.md`]: content }).up(api, { owner });
  };
  return Object.assign(deploy, { refresh: (api: Emulated) => docs.managed.refresh(api) });
}

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
  documents(
    "move",
    [folder(FOUR, 1), { "one.md": text("a", 1), "two.md": text("b", 1), ...folder(["c", "d"], 1) }],
    "up",
  ),
  documents("refresh", [folder(FOUR, 1)], "refresh"),
  documents("delete", [folder(FOUR, 1)], "destroy"),
  files("create", ["Bread is baked."], "up"),
  files("replace", ["Bread is baked.", "Cake is baked."], "up"),
  files("refresh", ["Bread is baked."], "refresh"),
  files("delete", ["Bread is baked."], "destroy"),
  ...(["Collection", "Item", "File"] as const).flatMap((resource) => [
    adopted(resource, "rename"),
    adopted(resource, "destroy"),
  ]),
  ...(["Item", "Documents"] as const).flatMap((resource) => [
    renamed(resource),
    twins(resource, "Alpha.", "up"),
    twins(resource, "Alpha.", "destroy"),
    twins(resource, "Beta.", "up"),
    twins(resource, "Beta.", "destroy"),
    elsewhere(resource),
  ]),
];
