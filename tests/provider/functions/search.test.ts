import { search } from "../../../provider/functions/search";
import { emulated } from "../emulated";

let api: Awaited<ReturnType<typeof emulated>>;
beforeEach(async () => {
  api = await emulated();
  await api.client.collections.create({ name: "shelf" });
  await api.client.items.add("shelf", { content: "Bread is baked on Mondays.", description: "Bread" });
  await api.client.items.add("shelf", { content: "The library closes at noon.", description: "Library" });
});
afterEach(() => api.emulator.close());

test("answers the closest items, best first, and what the question cost", async () => {
  const { results, tokens } = await search.run(api, { collectionId: "shelf", input: "When is bread baked?" });
  expect(results[0]).toEqual({
    id: expect.any(String),
    content: "Bread is baked on Mondays.",
    created: expect.any(String),
  });
  expect(tokens).toBeGreaterThan(0);
});

test("a question that is too long is refused with what to do, and not repeated", async () => {
  const input = "Donaudampfschifffahrtsgesellschaftskapitän, ".repeat(400);
  const failure: unknown = await search.run(api, { collectionId: "shelf", input }).catch((error: unknown) => error);
  expect(String(failure)).toMatch(/search collection "shelf".*512 tokens/u);
  expect(String(failure)).not.toContain("Donaudampf");
});

test("a limit cuts the results, and a model puts them in order", async () => {
  const { results } = await search.run(api, { collectionId: "shelf", input: "When is bread baked?", limit: 1 });
  expect(results.map(({ content }) => content)).toEqual(["Bread is baked on Mondays."]);
  api.emulator.faults.add({ operation: "searchCollection", status: 404, body: { message: "Not found" } });
  await expect(search.run(api, { collectionId: "shelf", input: "x", limit: 1 })).rejects.toThrow("does not exist");
});
