import fc from "fast-check";
import { readDescription } from "../../../../provider/ownership/tag";
import type { FaultInput } from "../../../../local/emulator/index";
import { emulated, nothingPrepared, type Emulated } from "../../emulated";
import { Deployed, type Folder } from "./support";

/** Sections of which documents are made: so few that they move, come twice, and stand in several documents. */
const SECTIONS = ["Bread", "Cake", "Rolls", "Tarts", "Buns"].map(
  (name) => `## ${name}\n\n${name} are baked on weekdays.`,
);

const names = ["a.md", "b.md", "c/d.md", "é n.md"];
const folder: fc.Arbitrary<Record<string, string[]>> = fc.dictionary(
  fc.constantFrom(...names),
  fc.array(fc.constantFrom(...SECTIONS), { minLength: 1, maxLength: 5 }),
  { minKeys: 1, maxKeys: 4 },
);
const owner = fc.constantFrom(0, 1);

const written = (sections: Record<string, string[]>): Folder =>
  Object.fromEntries(Object.entries(sections).map(([name, all]) => [name, `${all.join("\n\n")}\n`]));

interface Item {
  readonly id: string;
  readonly description: string;
  readonly content: string;
}

/** What the API holds, whatever the resource says. */
async function itemsOf(api: Emulated, collectionId: string): Promise<Item[]> {
  const listed = await api.client.items.list(collectionId);
  const all = await Promise.all(
    listed.map(async ({ id, description }) => ({
      id,
      description,
      content: (await api.client.items.get(collectionId, id)).content,
    })),
  );
  api.calls();
  return all;
}

const isOf =
  (docs: Deployed) =>
  ({ description }: Item): boolean =>
    readDescription(description).tag?.owner === docs.owner;

/** Whether the state of the documents proves an item to be theirs. */
const isClaimedBy =
  (docs: Deployed) =>
  ({ description }: Item): boolean =>
    readDescription(description).tag?.claims.includes(String(docs.managed.outputs["claim"])) === true;

/** `<document>: <content>` of each chunk, sorted; that tags are unlike each other is seen by the way. */
function chunksOf(items: readonly Item[], docs: Deployed): string[] {
  const own = items.filter(isOf(docs));
  const tags = own.map(({ description }) => description.split(" ")[0]);
  expect(new Set(tags).size).toBe(tags.length);
  return own
    .map(({ description, content }) => `${readDescription(description).title.split(" › ")[0] ?? ""}: ${content}`)
    .sort();
}

const declared = (sections: Record<string, string[]>): string[] =>
  Object.entries(sections)
    .flatMap(([name, all]) => all.map((section) => `${name}: ${section}`))
    .sort();

/** How many of these are not among those, each counted as often as it is there. */
function lacking(these: readonly string[], those: readonly string[]): number {
  const left = [...those];
  return these.filter((one) => {
    const at = left.indexOf(one);
    if (at >= 0) left.splice(at, 1);
    return at < 0;
  }).length;
}

interface World {
  readonly api: Emulated;
  readonly collectionId: string;
  readonly owners: readonly [Deployed, Deployed];
}

const opened: Emulated[] = [];
afterEach(() => Promise.all(opened.splice(0).map(({ emulator }) => emulator.close())));

async function world(): Promise<World> {
  const api = await emulated();
  opened.push(api);
  const collectionId = (await api.client.collections.create({ name: "Docs" })).id;
  await api.client.items.add(collectionId, { content: SECTIONS[0] ?? "", description: "By hand" });
  await api.client.items.add(collectionId, { content: "Something else." });
  return {
    api,
    collectionId,
    owners: [
      new Deployed(collectionId, { maxDeletePercent: 100 }),
      new Deployed(collectionId, { maxDeletePercent: 100 }),
    ],
  };
}

/** Every way in which a request goes wrong. A list that lags is one. */
const faults: fc.Arbitrary<FaultInput> = fc.oneof(
  fc
    .record({
      operation: fc.constantFrom(
        "addItem" as const,
        "addItem" as const,
        "deleteItem" as const,
        "updateItem" as const,
        "listItems" as const,
        "getItem" as const,
      ),
      how: fc.constantFrom<FaultInput>(
        { status: 500 },
        { status: 503, processed: true },
        { status: 429, retryAfter: 1 },
        { status: 400 },
        { status: 403 },
        { reset: true },
        { reset: true, processed: true },
        { badJson: true },
        { truncate: 7 },
        { html: true, status: 200 },
      ),
      when: fc.oneof(
        fc.record({ nth: fc.uniqueArray(fc.integer({ min: 1, max: 6 }), { minLength: 1, maxLength: 3 }) }),
        fc.constant({ probability: 0.4 }),
      ),
    })
    .map(({ operation, how, when }) => ({ operation, ...how, ...when })),
  fc
    .uniqueArray(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 3 })
    .map((nth) => ({ operation: "listItems" as const, stale: true, nth })),
);

/** What somebody does to the collection past the resource. */
const tampering = fc.constantFrom(
  "nothing" as const,
  "nothing" as const,
  "delete" as const,
  "metadata" as const,
  "untag" as const,
  "copy" as const,
);

async function tamper(
  api: Emulated,
  collectionId: string,
  item: Item | undefined,
  how: "nothing" | "delete" | "metadata" | "untag" | "copy",
): Promise<void> {
  if (!item || how === "nothing") return;
  if (how === "delete") await api.client.items.delete(collectionId, item.id);
  if (how === "metadata")
    await api.client.items.update(collectionId, item.id, { description: `${item.description} or so` });
  if (how === "untag") await api.client.items.update(collectionId, item.id, { description: "Mine" });
  if (how === "copy")
    await api.client.items.add(collectionId, { content: item.content, description: item.description });
}

const RUNS = {
  numRuns: Number(process.env["RUNS"] ?? 20),
  seed: Number(process.env["SEED"] ?? 8),
  endOnFailure: process.env["SHRINK"] === undefined,
};

describe("Random folders", () => {
  it("cost no more uploads and deletions than contents differ, and old chunks go after new ones came", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.record({ who: owner, sections: folder }), { minLength: 2, maxLength: 6 }),
        async (steps) => {
          const { api, collectionId, owners } = await world();
          for (const { who, sections } of steps) {
            const docs = owners[who].write(written(sections));
            const before = await itemsOf(api, collectionId);
            await docs.up(api);
            const calls = api.calls();
            const after = await itemsOf(api, collectionId);
            expect(chunksOf(after, docs)).toEqual(declared(sections));
            expect(after.filter((item) => !isOf(docs)(item))).toEqual(before.filter((item) => !isOf(docs)(item)));
            const contents = (items: readonly Item[]): string[] =>
              items.filter(isOf(docs)).map(({ content }) => content);
            expect(calls.filter((call) => call === "addItem")).toHaveLength(lacking(contents(after), contents(before)));
            expect(calls.filter((call) => call === "deleteItem")).toHaveLength(
              lacking(contents(before), contents(after)),
            );
            expect(calls.slice(calls.indexOf("deleteItem"))).not.toContain(
              calls.includes("deleteItem") ? "addItem" : "nothing",
            );
            expect(await docs.up(api)).toBe("same");
            expect(api.calls()).toEqual([]);
          }
        },
      ),
      RUNS,
    );
  });

  it("end as declared, once, whatever befell requests, process, state and collection on the way", async () => {
    const step = fc.record({
      who: owner,
      sections: folder,
      bad: fc.array(faults, { maxLength: 3 }),
      tampered: tampering,
      which: fc.nat(20),
      isLost: fc.boolean(),
      isNewProcess: fc.nat(3),
      isRefreshed: fc.boolean(),
      isRefreshedBadly: fc.boolean(),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 2, maxLength: 5 }), async (steps) => {
        const { api, collectionId, owners } = await world();
        const lost = new Set<Deployed>();
        for (const {
          who,
          sections,
          bad,
          tampered,
          which,
          isLost,
          isNewProcess,
          isRefreshed,
          isRefreshedBadly,
        } of steps) {
          const docs = owners[who];
          const before = await itemsOf(api, collectionId);
          const own = before.filter(isOf(docs));
          const others = before.filter((item) => !isOf(docs)(item));
          await tamper(api, collectionId, own[which % Math.max(1, own.length)], tampered);
          docs.write(written(sections));
          for (const fault of bad) api.emulator.faults.add(fault);
          const context = isNewProcess < 2 ? api.afresh() : api;
          if (isRefreshedBadly) await docs.managed.refresh(context).catch(() => undefined);
          await docs.up(context).catch(() => undefined);
          api.emulator.faults.clear();

          // An item without its tag belongs to nobody once the state, too, is gone.
          const hasLost = isLost && tampered !== "untag";
          if (hasLost) docs.managed.forget();
          if (hasLost) lost.add(docs);
          if (isNewProcess === 0 || hasLost) docs.managed.continueIn(nothingPrepared());
          const next = isNewProcess < 2 || hasLost ? api.afresh() : api;
          if (isRefreshed || tampered !== "nothing") await docs.managed.refresh(next);
          const known = await itemsOf(api, collectionId);
          await docs.up(next);
          const after = await itemsOf(api, collectionId);
          expect(chunksOf(after.filter(isClaimedBy(docs)), docs)).toEqual(declared(sections));
          expect(after.filter((item) => !isOf(docs)(item))).toEqual(others);
          // What only a lost state knew is kept, since another stack may have the same tag; nothing of it is new.
          const kept = after.filter((item) => isOf(docs)(item) && !isClaimedBy(docs)(item));
          expect(kept.filter(({ id }) => !lost.has(docs) || !known.some((item) => item.id === id))).toEqual([]);
          expect(await docs.up(next)).toBe("same");
          expect(api.calls()).toEqual([]);
        }
      }),
      RUNS,
    );
  });
});
