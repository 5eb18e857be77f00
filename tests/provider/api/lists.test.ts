import { Listed } from "../../../provider/api/lists";
import { emulated, type Emulated } from "../emulated";

let api: Emulated;
beforeEach(async () => {
  api = await emulated();
  await api.client.collections.create({ name: "shelf" });
  api.calls();
});
afterEach(() => api.emulator.close());

test("who asks at the same time shares one request", async () => {
  await Promise.all([api.items.recent("shelf"), api.items.recent("shelf"), api.items.first("shelf")]);
  expect(api.calls()).toEqual(["listItems"]);
});

test("a recent list is asked for again after a few seconds, the first one never", async () => {
  await api.items.recent("shelf");
  await api.clock.sleep(10_000);
  await api.items.first("shelf");
  expect(api.calls()).toEqual(["listItems"]);
  await api.items.recent("shelf");
  expect(api.calls()).toEqual(["listItems"]);
});

test("a fresh list is always asked for", async () => {
  await api.items.recent("shelf");
  await api.items.fresh("shelf");
  expect(api.calls()).toEqual(["listItems", "listItems"]);
});

test("a failed list is not kept", async () => {
  api.emulator.faults.add({ operation: "listItems", status: 500, times: 1 });
  await expect(api.items.recent("shelf")).rejects.toMatchObject({ status: 500 });
  await expect(api.items.recent("shelf")).resolves.toEqual(new Listed());
});

test("what this process writes is in the lists of before, and in those that were under way", async () => {
  const { item } = await api.client.items.add("shelf", { content: "Old.", description: "Old" });
  await api.items.recent("shelf");
  const added = await api.client.items.add("shelf", { content: "New.", description: "New" });
  await api.client.items.update("shelf", item.id, { description: "Newer" });
  expect([...(await api.items.recent("shelf")).values()].map(({ description }) => description)).toEqual([
    "Newer",
    "New",
  ]);
  const underWay = api.items.fresh("shelf");
  await api.client.items.delete("shelf", added.item.id);
  expect([...(await underWay).keys()]).toEqual([item.id]);
});

test("a list of after is asked for once by all who ask at about the same time, and says what the API says", async () => {
  await api.items.recent("shelf");
  await api.client.items.add("shelf", { content: "New." });
  api.calls();
  const lists = await Promise.all([api.items.after("shelf"), api.items.after("shelf"), api.items.after("shelf")]);
  expect(lists.map(({ size }) => size)).toEqual([1, 1, 1]);
  expect(api.calls()).toEqual(["listItems"]);
  await api.items.after("shelf");
  expect(api.calls()).toEqual(["listItems"]);
});

test("what is made of an entry is made once, and anew for one that was written since", () => {
  const listed = new Listed([
    ["a", { id: "a", text: "one" }],
    ["b", { id: "b", text: "two" }],
  ]);
  const asked: string[] = [];
  const loud = ({ text }: { text: string }): string => {
    asked.push(text);
    return text.toUpperCase();
  };
  listed.mapped(loud);
  listed.put("a", { id: "a", text: "three" });
  listed.put("b", undefined);
  expect(listed.mapped(loud)).toEqual(["THREE"]);
  expect(asked).toEqual(["one", "two", "three"]);
});
