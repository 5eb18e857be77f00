import { search } from "../../../provider/functions/search";
import { emulated, type Emulated } from "../emulated";

let api: Emulated;
beforeEach(async () => {
  api = await emulated();
  await api.client.collections.create({ name: "shelf" });
  await api.client.items.add("shelf", { content: "Bread is baked on Mondays.", description: "Bread" });
  await api.client.items.add("shelf", { content: "The library closes at noon.", description: "Library" });
});
afterEach(() => api.emulator.close());

test("answers the closest items, best first, and what the question cost", async () => {
  const { results, tokens } = await search(api, { collectionId: "shelf", input: "When is bread baked?" });
  expect(results[0]).toEqual({ id: expect.any(String), content: "Bread is baked on Mondays.", created: expect.any(String) });
  expect(tokens).toBeGreaterThan(0);
});

test.each([
  [{ collectionId: "shelf", input: " " }, "search: input"],
  [{ collectionId: "", input: "bread" }, "search: collectionId"],
])("%j is refused before any request", async (args, message) => {
  api.calls();
  await expect(search(api, args)).rejects.toThrow(message);
  expect(api.calls()).toEqual([]);
});

test("a collection that is not there is named", async () => {
  await expect(search(api, { collectionId: "nowhere", input: "bread" })).rejects.toThrow('"nowhere"');
});
