// How often the emulator's search has a right text among the first three, on documentation that nobody here wrote: a
// line for each embedder, set and half of the questions. The ranking was chosen by the first half alone.
import { createRequire } from "node:module";
import { FULL, report } from "./report.mjs";
import { isTarget, questionsOf, SETS } from "./retrieval/sets.mjs";

const { startEmulator } = createRequire(import.meta.url)("../dist/local/emulator/index.js");

const WITHIN = 3;
/** Embedding takes minutes. Others: `EMBEDDINGS=transformers:<model> npm run bench -- retrieval`. */
const EMBEDDERS = process.env.EMBEDDINGS?.split(",") ?? (FULL ? ["light", "full"] : ["light"]);

for (const embeddings of EMBEDDERS) {
  for (const [name, load] of Object.entries(SETS)) {
    const texts = load();
    const { url, key, close } = await startEmulator({ embeddings });
    const ask = async (path, body) => {
      const headers = { authorization: `Bearer ${key}`, "content-type": "application/json" };
      const response = await fetch(url + path, { method: "POST", headers, body: JSON.stringify(body) });
      return response.json();
    };
    const { collection } = await ask("/vector_store", { name });
    const known = new Map();
    for (const text of texts) {
      const { item } = await ask(`/vector_store/${collection.id}/items`, { content: text.text });
      // A text of more tokens than the model takes is refused: nobody could find it.
      if (item !== undefined) known.set(item.id, text);
    }
    const halves = [0, 0];
    const counts = [0, 0];
    for (const [index, { question, targets }] of questionsOf(name).entries()) {
      const { results } = await ask(`/vector_store/${collection.id}/search`, { input: question });
      const found = results.slice(0, WITHIN).map(({ id }) => known.get(id));
      counts[index % 2] += 1;
      if (found.some((text) => targets.some((target) => isTarget(target, text)))) halves[index % 2] += 1;
    }
    for (const [half, label] of ["seen", "unseen"].entries()) {
      report({
        name: `retrieval.${name}.${embeddings.replace(/\W+/g, "-")}.${label}`,
        value: halves[half] / counts[half],
        unit: `of ${counts[half]} questions`,
      });
    }
    await close();
  }
}
