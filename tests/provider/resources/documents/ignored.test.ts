import { rmSync } from "node:fs";
import { ownerOf } from "../../../../provider/ownership/tag";
import { sha256 } from "../../../../provider/inputs/hash";
import type { Properties } from "../../../../provider/engine/values";
import { nothingPrepared, type Emulated } from "../../emulated";
import { Deployed, failure, held, withCollection } from "./support";

const SEED = { "bread.md": "Bread is baked on Mondays.", "cake.md": "Cake is baked on Fridays." };
const OTHER = { "bread.md": "Bread is baked daily." };

/** Texts as the class packs them. */
function texts(documents: Readonly<Record<string, string>>): Properties {
  const text = JSON.stringify(Object.entries(documents).map(([name, content]) => ({ name, text: content })));
  return {
    texts: { "4dabf18193072939515e22adb298388d": "c44067f5952c0a294b673a41bacd8c17", hash: sha256(text), text },
  };
}

let api: Emulated;
let collectionId: string;
beforeEach(async () => {
  ({ api, collectionId } = await withCollection());
});
afterEach(() => api.emulator.close());

const contents = async (owner: string): Promise<string[]> =>
  Object.values(await held(api, collectionId, owner))
    .flat()
    .sort();

describe.each<[string, (docs: Deployed, documents: Readonly<Record<string, string>>) => Properties]>([
  ["a folder", (docs, documents) => ({ source: docs.write(documents).folder })],
  [
    "a part of a folder",
    (docs, documents) => ({ source: { folder: docs.write(documents).folder, include: ["*.md"] } }),
  ],
  ["texts", (_docs, documents) => ({ source: texts(documents) })],
])("Of %s, ignoreChanges", (_what, sourceOf) => {
  let docs: Deployed;
  beforeEach(async () => {
    docs = new Deployed(collectionId, {}, ownerOf("ignored"), nothingPrepared());
    await docs.up(api, { ...sourceOf(docs, SEED), sourceIgnored: true });
    docs.managed.continueIn(nothingPrepared());
    api.calls();
  });

  it.each([[["source"]], [["*"]]])("of %j leaves the documents as they were deployed first", async (ignored) => {
    expect(await docs.up(api, sourceOf(docs, OTHER), ignored)).toBe("same");
    expect(await docs.up(api, { ...sourceOf(docs, OTHER), maxTokens: 100, tokenBudget: 1 }, ignored)).toBe("same");
    expect(api.calls()).toEqual([]);
    expect(await docs.managed.refreshed(api)).toBe(false);
    expect(await docs.up(api, sourceOf(docs, OTHER))).toBe("update");
    expect(await contents(docs.owner)).toEqual(["Bread is baked daily."]);
  });

  it("needs no source any more", async () => {
    const source = sourceOf(docs, SEED)["source"];
    rmSync(docs.folder, { recursive: true, force: true });
    expect(await docs.up(api, { source }, ["source"])).toBe("same");
  });

  it("tells what a refresh has found, and fixes none of it", async () => {
    const [item] = await api.client.items.list(collectionId);
    await api.client.items.delete(collectionId, item?.id ?? "");
    expect(await docs.managed.refreshed(api)).toBe(false);
    expect(await docs.up(api, sourceOf(docs, SEED), ["source"])).toBe("same");
    expect(api.reports.at(-1)).toMatch(
      /^1 document not as deployed, and left so, since the option ignoreChanges names source\n! \S+\.md {2}1 chunk missing$/u,
    );
    expect(await contents(docs.owner)).toHaveLength(1);
  });

  it("lets settings and names change", async () => {
    expect(await docs.up(api, { ...sourceOf(docs, OTHER), verify: "all", unmanaged: "report" }, ["source"])).toBe(
      "update",
    );
    expect(docs.managed.outputs).toMatchObject({ verify: "all", unmanagedItems: 0, documentCount: 2 });
    const owner = ownerOf("renamed");
    expect(await docs.up(api, { ...sourceOf(docs, OTHER), owner }, ["source"])).toBe("update");
    expect(await contents(owner)).toEqual(Object.values(SEED));
    await docs.managed.refresh(api);
    expect(docs.managed.outputs["drift"]).toBeUndefined();
    await docs.managed.destroy(api);
    expect(await api.client.items.list(collectionId)).toEqual([]);
  });

  it("uploads what the program gives by then where the collection is another one", async () => {
    const { id } = await api.client.collections.create({ name: "Other" });
    expect(await docs.up(api, { ...sourceOf(docs, OTHER), collectionId: id }, ["source"])).toBe("replace");
    expect(await held(api, id, docs.owner)).toEqual({ "bread.md": ["Bread is baked daily."] });
  });
});

it("A source that was not uploaded whole is not ignored in silence", async () => {
  const docs = new Deployed(collectionId).write(SEED);
  api.emulator.faults.add({ operation: "addItem", status: 422, times: 1 });
  expect(await failure(docs.up(api))).toMatch(/could not be uploaded/u);
  api.emulator.faults.clear();
  expect(await failure(docs.up(api, {}, ["source"]))).toMatch(
    /never uploaded whole.*ignoreChanges.*take source out of it/u,
  );
  expect(await docs.up(api)).toBe("update");
  expect(await docs.up(api, {}, ["source"])).toBe("same");
});

it("A source that was secret stays so", async () => {
  const docs = new Deployed(collectionId).write(SEED);
  await docs.up(api, { confidential: true });
  expect(await failure(docs.up(api, {}, ["source"]))).toMatch(/was secret when it was deployed.*keep it secret/u);
  expect(await docs.up(api, { confidential: true }, ["source"])).toBe("same");
});

it("replaceOnChanges makes all documents again where one changes, and not for a setting", async () => {
  const docs = new Deployed(collectionId).write(SEED);
  await docs.up(api);
  const before = (await api.client.items.list(collectionId)).map(({ id }) => id);
  expect(await docs.up(api, { replaceOnChanges: ["source"], verify: "all" })).toBe("update");
  docs.write({ ...SEED, ...OTHER });
  expect(await docs.up(api, { replaceOnChanges: ["source.folder"], verify: "all" })).toBe("replace");
  expect(await contents(docs.owner)).toEqual(["Bread is baked daily.", "Cake is baked on Fridays."]);
  expect(await docs.up(api, { replaceOnChanges: ["*"], verify: "all" })).toBe("same");
  expect(await docs.up(api, { replaceOnChanges: ["*"] })).toBe("replace");
  expect(await contents(docs.owner)).toEqual(["Bread is baked daily.", "Cake is baked on Fridays."]);
  expect((await api.client.items.list(collectionId)).map(({ id }) => id)).not.toEqual(before);
  await docs.managed.destroy(api);
  expect(await api.client.items.list(collectionId)).toEqual([]);
});
