import { mapped } from "../../../../provider/client/api-promise.js";
import { emulated, type Emulated } from "../../emulated";
import { counted, Deployed, held } from "./support";

let api: Emulated;
let docs: Deployed;
beforeEach(async () => {
  api = await emulated();
  const { id } = await api.client.collections.create({ name: "Docs" });
  docs = new Deployed(id).write(
    Object.fromEntries(Array.from({ length: 60 }, (_, index) => [`${index}.md`, `Text ${index}.`])),
  );
});
afterEach(() => api.emulator.close());

/** The API, where one item has another content than the one that was sent. */
function withOther(name: string): Emulated {
  const original = api.client.items;
  const get: typeof original.get = (collectionId, itemId) =>
    mapped(original.get(collectionId, itemId), (item) =>
      item.description.endsWith(` ${name}`) ? { ...item, content: "Something else." } : item,
    );
  return { ...api.afresh(), client: { ...api.client, items: { ...original, get } } };
}

describe("A refresh that verifies contents", () => {
  it("reads each of them where all are wanted, and a deployment replaces what is another", async () => {
    await docs.up(api, { verify: "all" });
    api.calls();
    await docs.managed.refresh(withOther("7.md"));
    expect(counted(api)).toEqual({ listItems: 1, getItem: 60 });
    expect(docs.managed.outputs["drift"]).toEqual({ "7.md": { mismatched: 1 } });
    const before = (await api.client.items.list(docs.collectionId)).map(({ id }) => id);
    expect(await docs.up(api, { verify: "all" })).toBe("update");
    const after = (await api.client.items.list(docs.collectionId)).map(({ id }) => id);
    expect(before.filter((id) => !after.includes(id))).toHaveLength(1);
    expect(await held(api, docs.collectionId, docs.owner)).toMatchObject({ "7.md": ["Text 7."] });
    expect(Object.keys(await held(api, docs.collectionId, docs.owner))).toHaveLength(60);
    expect(await docs.up(api, { verify: "all" })).toBe("same");
  });

  it("reads twenty where a sample is wanted, and none where the tags are enough", async () => {
    await docs.up(api, { verify: "sample" });
    api.calls();
    await docs.managed.refresh(api.afresh());
    expect(counted(api)).toEqual({ listItems: 1, getItem: 20 });
    await docs.up(api);
    api.calls();
    await docs.managed.refresh(api.afresh());
    expect(counted(api)).toEqual({ listItems: 1 });
  });
});
