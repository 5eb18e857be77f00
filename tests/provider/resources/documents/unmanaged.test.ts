import { withResponse } from "../../../../provider/client/api-promise.js";
import { describe as describeAs, ownerOf } from "../../../../provider/ownership/tag";
import { lifecycle as collections } from "../../../../provider/resources/collection/lifecycle";
import type { Emulated } from "../../emulated";
import { Deployed, failure, withCollection } from "./support";

const FILES = { "a.md": "Bread is baked on Mondays.", "b.md": "Cake is baked on Fridays." };

let api: Emulated;
let collectionId: string;
beforeEach(async () => {
  ({ api, collectionId } = await withCollection());
});
afterEach(() => api.emulator.close());

const contents = async (): Promise<string[]> => {
  const items = await api.client.items.list(collectionId);
  return (await Promise.all(items.map(({ id }) => api.client.items.get(collectionId, id))))
    .map(({ content }) => content)
    .sort();
};
const byHand = async (content = "By hand."): Promise<string> =>
  (await api.client.items.add(collectionId, { content })).item.id;
const pruning = (declared = {}): Deployed =>
  new Deployed(collectionId, { unmanaged: "prune", ...declared }).write(FILES);

describe("Pruning", () => {
  it("deletes what an earlier run has told of, and the preview names", async () => {
    const id = await byHand();
    const docs = pruning();
    await docs.up(api);
    expect(await contents()).toContain("By hand.");
    expect(api.reports.at(-1)).toContain(
      `holds 1 item that nothing manages: "${id}". The next "pulumi up" deletes what nothing manages by then.`,
    );
    const next = api.afresh();
    expect(await docs.up(next)).toBe("update");
    expect(next.reports[0]).toContain(`unmanaged: "prune" deletes what nothing manages, at most 1 item: "${id}"`);
    expect(await contents()).toEqual(Object.values(FILES));
    expect(await docs.up(api.afresh())).toBe("same");
  });

  it("leaves what has got a manager since it was told of", async () => {
    const id = await byHand();
    const docs = pruning();
    await docs.up(api);
    const next = api.afresh();
    next.ownership.called(`${collectionId}/${id}`, { collectionId, itemId: id, claim: "a1b2c3d4e5" }, true);
    await docs.up(next);
    expect(await contents()).toContain("By hand.");
  });

  it("leaves what another stack takes over while this one uploads", async () => {
    const id = await byHand();
    const docs = pruning();
    await docs.up(api);
    docs.write({ ...FILES, "c.md": "Rolls are baked every day." });
    const next = api.afresh();
    const add = next.client.items.add.bind(next.client.items);
    next.client.items.add = (...given) =>
      withResponse(async () => {
        const tag = { owner: ownerOf("another"), claims: ["a1b2c3d4e5"], hash: "0".repeat(32) };
        await api.client.items.update(collectionId, id, { description: describeAs(tag, "By hand.") });
        return add(...given);
      });
    await docs.up(next);
    expect(await contents()).toContain("By hand.");
  });

  it.each([" %", "Mine: %", '"%"', "[vi:%"])(
    "leaves what bears a tag that somebody has written around: %j",
    async (written) => {
      const other = new Deployed(collectionId).write({ "c.md": "Rolls are baked every day." });
      await other.up(api);
      const [item] = await api.client.items.list(collectionId);
      const description = written.replace("%", item?.description ?? "");
      await api.client.items.update(collectionId, item?.id ?? "", { description });
      const docs = pruning();
      await docs.up(api.afresh());
      docs.write({ ...FILES, "d.md": "New." });
      await docs.up(api.afresh());
      expect(await contents()).toContain("Rolls are baked every day.");
    },
  );

  it("leaves what a stranger's collection holds which has got the id of a deleted one", async () => {
    const made = await collections.create(api, { name: "Own" });
    const docs = new Deployed(made.id, { unmanaged: "prune", maxDeletePercent: 100 }).write(FILES);
    await docs.up(api);
    await api.client.collections.delete(made.id);
    await api.client.collections.create({ name: "Own" });
    await api.client.items.add(made.id, { content: "A stranger's." });
    docs.write({ ...FILES, "c.md": "New." });
    for (let round = 0; round < 2; round++) {
      const next = api.afresh();
      next.ownership.called(made.id, { ...made.state, created: "2020-01-01T00:00:00.000Z" }, true);
      expect(await failure(docs.up(next))).toMatch(
        /^The collection "own" of this stack was deleted, and another one has its id since .*"pulumi up --refresh"\.$/u,
      );
    }
    expect((await api.client.items.list(made.id)).map(({ description }) => description)).toEqual(["A stranger's."]);
  });

  it("leaves a chunk that the state knows, though somebody has taken its tag off, and claims nothing that is not there", async () => {
    const docs = pruning({ maxDeletePercent: 100 });
    await docs.up(api);
    for (const { id } of await api.client.items.list(collectionId))
      await api.client.items.update(collectionId, id, { description: "Mine now" });
    for (let round = 0; round < 2; round++) {
      await docs.managed.refresh(api.afresh());
      await docs.up(api.afresh());
    }
    expect(await contents()).toEqual(Object.values(FILES));
    expect(docs.managed.outputs).toMatchObject({ chunkCount: 2, unmanagedItems: 0 });
  });

  it("leaves what the API made of a file, also where the list of files comes back empty once", async () => {
    const { id } = await api.client.files.add(collectionId, { filename: "c.txt", source: Buffer.from("Of a file.") });
    for (let status = ""; status !== "completed"; ) ({ status } = await api.client.files.get(collectionId, id));
    const docs = pruning();
    api.emulator.faults.add({ operation: "listFiles", truncateList: 0, times: 1 });
    await docs.up(api);
    await docs.up(api.afresh());
    expect(await contents()).toContain("Of a file.");
    expect(docs.managed.outputs["unmanagedIds"]).toBeUndefined();
  });

  it("leaves what bears a tag in whole, though a list shows less of it", async () => {
    const other = new Deployed(collectionId).write({ "c.md": "Rolls are baked every day." });
    await other.up(api);
    const docs = pruning({ maxDeletePercent: 100 });
    const listed = async (): Promise<unknown[]> =>
      (await api.client.items.list(collectionId)).map((item) => ({
        ...item,
        description: item.description.slice(0, 20),
      }));
    for (let round = 0; round < 2; round++) {
      const next = api.afresh();
      Object.assign(next.items, { load: listed });
      await docs.up(next);
    }
    expect(await contents()).toContain("Rolls are baked every day.");
  });

  it("is refused where it would delete more than may be, and then changes nothing", async () => {
    for (let index = 0; index < 5; index++) await byHand(`By hand ${index}.`);
    const docs = pruning();
    await docs.up(api);
    docs.write({ ...FILES, "c.md": "New." });
    expect(await failure(docs.up(api.afresh()))).toMatch(
      /unmanaged: "prune" would delete 5 of the 7 items .*maxDeletePercent allows to delete 50 %.*maxDeletePercent: 72/u,
    );
    expect(await contents()).not.toContain("New.");
    await docs.up(api.afresh(), { maxDeletePercent: 72 });
    expect(await contents()).toEqual([...Object.values(FILES), "New."].sort());
  });
});
