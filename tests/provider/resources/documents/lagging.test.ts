import { readDescription } from "../../../../provider/ownership/tag";
import { nothingPrepared, type Emulated } from "../../emulated";
import { counted, Deployed, failure, held, withCollection } from "./support";

const FILES = { "a.md": "Bread is baked on Mondays.", "b.md": "Cake is baked on Fridays." };
const CONTENTS = Object.fromEntries(Object.entries(FILES).map(([name, text]) => [name, [text]]));

let api: Emulated;
let collectionId: string;
beforeEach(async () => {
  ({ api, collectionId } = await withCollection());
});
afterEach(() => api.emulator.close());

/**
 * Documents that are uploaded while the list of before goes on being the last that anybody has seen, as where a run is
 * killed.
 */
async function interrupted(files: Record<string, string>): Promise<Deployed> {
  const docs = new Deployed(collectionId).write(files);
  api.emulator.faults.add({ operation: "listItems", status: 500, nth: [2, 3, 4, 5] });
  await docs.up(api).catch(() => undefined);
  api.emulator.faults.clear();
  expect(counted(api)["addItem"]).toBe(Object.keys(files).length);
  return docs;
}

describe("A list that lags behind", () => {
  it("is asked for again before a lost answer counts as a lost request", async () => {
    const docs = new Deployed(collectionId).write(FILES);
    api.emulator.faults.add({ operation: "addItem", reset: true, processed: true, nth: 2 });
    api.emulator.faults.add({ operation: "listItems", stale: true, nth: 2 });
    await docs.up(api);
    expect(counted(api)).toMatchObject({ addItem: 2 });
    expect(await held(api, collectionId, docs.owner)).toEqual(CONTENTS);
  });

  it("hides nothing that was uploaded twice: it is looked at until it shows what this deployment has uploaded", async () => {
    const docs = await interrupted(FILES);
    const again = new Deployed(collectionId, {}, docs.owner, nothingPrepared()).write(FILES);
    api.emulator.faults.add({ operation: "listItems", stale: true, nth: [1, 2] });
    await again.up(api.afresh());
    expect(await held(api, collectionId, docs.owner)).toEqual(CONTENTS);
    expect(await again.up(api)).toBe("same");
  });

  it("also shows in the end what is no longer declared, where the state was lost", async () => {
    const docs = await interrupted({ ...FILES, "c.md": "Rolls are baked every day." });
    const again = new Deployed(collectionId, {}, docs.owner, nothingPrepared()).write(FILES);
    api.emulator.faults.add({ operation: "listItems", stale: true, nth: 1 });
    await again.up(api.afresh());
    expect(await held(api, collectionId, docs.owner)).toEqual(CONTENTS);
  });

  it("leaves the documents partially created where it never catches up, and the next deployment settles it", async () => {
    const docs = await interrupted(FILES);
    const again = new Deployed(collectionId, {}, docs.owner, nothingPrepared()).write(FILES);
    const forget = api.emulator.faults.add({ operation: "listItems", stale: true });
    expect(await failure(again.up(api.afresh()))).toContain("it is not known whether anything exists twice");
    forget();
    await again.up(api);
    expect(await held(api, collectionId, docs.owner)).toEqual(CONTENTS);
    expect(await again.up(api)).toBe("same");
  });
});

describe("A chunk that is there twice", () => {
  it.each(["listItems", "deleteItem"] as const)(
    "and cannot be settled because of %s is settled by the next deployment",
    async (operation) => {
      const docs = await interrupted(FILES);
      const again = new Deployed(collectionId, {}, docs.owner, nothingPrepared()).write(FILES);
      api.emulator.faults.add({ operation: "listItems", stale: true, nth: 1 });
      api.emulator.faults.add({ operation, status: 500, nth: operation === "listItems" ? [2, 3, 4, 5] : [1] });
      expect(await failure(again.up(api.afresh()))).not.toBe("nothing failed");
      api.emulator.faults.clear();
      await again.up(api);
      expect(await held(api, collectionId, docs.owner)).toEqual(CONTENTS);
      expect(await again.up(api)).toBe("same");
    },
  );
});

describe("What imitates a tag", () => {
  it("is no drift, as it is nothing that a deployment would fix", async () => {
    const docs = new Deployed(collectionId).write(FILES);
    await docs.up(api);
    const [own] = await api.client.items.list(collectionId);
    const description = (own?.description ?? "").replace(/:0\]/u, ":1]");
    expect(readDescription(description).tag?.owner).toBe(docs.owner);
    await api.client.items.add(collectionId, { content: "Something else.", description });
    await docs.managed.refresh(api.afresh());
    expect(docs.managed.outputs["drift"]).toBeUndefined();
    expect(await docs.up(api)).toBe("same");
  });
});
