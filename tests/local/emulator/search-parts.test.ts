import { lightEmbedder } from "../../../local/emulator/embeddings/light.js";
import { EmbeddingQueue } from "../../../local/emulator/embeddings/queue.js";
import { WordIndex } from "../../../local/emulator/search/bm25.js";
import { Ranking } from "../../../local/emulator/search/ranking.js";
import { VectorTable } from "../../../local/emulator/search/vectors.js";
import { indexWords, stem } from "../../../local/emulator/search/words.js";

it("words are cut to what their forms have in common", () => {
  for (const forms of [["cancel", "cancels", "cancelled", "cancelling"], ["retry", "retries"], ["cache", "caches", "cached", "caching"], ["class", "classes"], ["status"]]) {
    expect(new Set(forms.map(stem)).size).toBe(1);
  }
  expect(indexWords("How is bodyTimeout set?")).toEqual(["bodytimeout", "body", "timeout", "set"]);
});

it("a rare word counts more than a common one, a related word less than the word itself", () => {
  const index = new WordIndex();
  index.add("a", "the request uses a proxy");
  index.add("b", "the request uses a gateway");
  index.add("c", "the request uses a cat");
  const scores = index.scores("request gateway");
  expect([...scores].sort((x, y) => y[1] - x[1]).map(([id]) => id)).toEqual(["b", "a", "c"]);
  index.remove("b");
  index.remove("nothing");
  expect([index.size, index.has("b"), index.scores("gateway").has("b")]).toEqual([2, false, false]);
});

it("a document with a word and a related one counts as one with the word", () => {
  const index = new WordIndex();
  index.add("both", "gateway proxy");
  index.add("one", "gateway cat");
  index.add("other", "lake proxy");
  const scores = index.scores("gateway");
  expect(scores.get("both")).toBe(scores.get("one"));
});

it("a table of vectors forgets what is removed and keeps the rest in its place", () => {
  const table = new VectorTable(2);
  for (let count = 0; count < 200; count++) table.add(String(count), Float32Array.of(count, 1));
  for (let count = 0; count < 200; count += 2) table.remove(String(count));
  table.remove("nothing");
  table.add("7", Float32Array.of(-7, 1));
  const told = new Map<string, number>();
  table.compare(Float32Array.of(1, 0), (id, cosine) => told.set(id, cosine));
  expect([told.size, told.get("199"), told.get("7")]).toEqual([100, 199, -7]);
});

it("a ranking keeps the best, and of equals the first", () => {
  const ranking = new Ranking(3, 0);
  for (const [id, score] of [["a", 1], ["b", 3], ["c", -1], ["d", 1], ["e", 2], ["f", 1]] as const) ranking.offer(id, score);
  expect(ranking.ids()).toEqual(["b", "e", "a"]);
});

it("a failure of the model is met by the search and fixed by the next", async () => {
  const done: string[] = [];
  let failures = 1;
  const embedder = { ...lightEmbedder(), embed: (texts: readonly string[]) => (failures-- > 0 ? Promise.reject(new Error("no memory")) : lightEmbedder().embed(texts)) };
  const queue = new EmbeddingQueue(embedder, ({ itemId }) => done.push(itemId));
  queue.add({ collectionId: "a", itemId: "1", content: "x" });
  await expect(queue.settled()).rejects.toThrow("no memory");
  queue.add({ collectionId: "a", itemId: "2", content: "y" });
  await queue.settled();
  expect(done).toEqual(["1", "2"]);
  await queue.close();
});
