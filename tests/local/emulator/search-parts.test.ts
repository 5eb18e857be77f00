import { lightEmbedder } from "../../../local/emulator/embeddings/light.js";
import { EmbeddingQueue } from "../../../local/emulator/embeddings/queue.js";
import { WordIndex } from "../../../local/emulator/search/bm25.js";
import { VectorTable } from "../../../local/emulator/search/vectors.js";
import { indexWords, stem } from "../../../local/emulator/search/words.js";

it("words are cut to what their forms have in common", () => {
  for (const forms of [
    ["cancel", "cancels", "cancelled", "cancelling"],
    ["retry", "retries"],
    ["cache", "caches", "cached", "caching"],
    ["class", "classes"],
    ["status"],
  ]) {
    expect(new Set(forms.map(stem)).size).toBe(1);
  }
  expect(indexWords("How is bodyTimeout set?")).toEqual(["bodytimeout", "body", "timeout", "set"]);
});

it("a rare word counts more than a common one", () => {
  const index = new WordIndex();
  index.add("a", "the request uses a proxy");
  index.add("b", "the request uses a gateway");
  index.add("c", "the request uses a cat");
  const scores = index.scores("request gateway");
  expect([...scores].sort((x, y) => y[1].score - x[1].score)[0]?.[0]).toBe("b");
  index.remove("b");
  index.remove("nothing");
  expect([index.size, index.has("b"), index.scores("gateway").has("b")]).toEqual([2, false, false]);
});

it("a table of vectors forgets what is removed and keeps the rest in its place", () => {
  const table = new VectorTable();
  for (let count = 0; count < 200; count++) table.add(String(count), Float32Array.of(count, 1));
  for (let count = 0; count < 200; count += 2) table.remove(String(count));
  table.remove("nothing");
  table.add("7", Float32Array.of(-7, 1));
  const told = new Map<string, number>();
  table.compare(Float32Array.of(1, 0), (id, cosine) => told.set(id, cosine));
  expect([told.size, told.get("199"), told.get("7")]).toEqual([100, 199, -7]);
});

it("a failure of the model is met by the search and fixed by the next", async () => {
  const done: string[] = [];
  let failures = 1;
  const embedder = {
    ...lightEmbedder(),
    embed: (texts: readonly string[]) =>
      failures-- > 0 ? Promise.reject(new Error("no memory")) : lightEmbedder().embed(texts, "item"),
  };
  const queue = new EmbeddingQueue(embedder, ({ itemId }) => done.push(itemId));
  queue.add({ collectionId: "a", itemId: "1", content: "x" });
  await expect(queue.settled("a")).rejects.toThrow("no memory");
  queue.add({ collectionId: "a", itemId: "2", content: "y" });
  await queue.settled("a");
  expect(done).toEqual(["1", "2"]);
  await queue.close();
});

it("a search waits for the texts of its own collection alone, and those go first", async () => {
  const [done, embedded]: [string[], string[]] = [[], []];
  const embed = (texts: readonly string[]): Promise<Float32Array[]> => {
    embedded.push(...texts);
    return lightEmbedder().embed(texts, "item");
  };
  const queue = new EmbeddingQueue({ ...lightEmbedder(), embed }, ({ itemId }) => done.push(itemId));
  for (let count = 0; count < 40; count++)
    queue.add({ collectionId: "long", itemId: `l${count}`, content: `text ${count}` });
  queue.add({ collectionId: "short", itemId: "s", content: "mine" });
  await queue.settled("nobody");
  expect(done).toEqual([]);
  await queue.settled("short");
  expect(done).toContain("s");
  expect(embedded.indexOf("mine")).toBeLessThan(10);
  await queue.settled("long");
  expect(done).toHaveLength(41);
  expect(queue.waiting()).toEqual([]);
  await queue.close();
});
