// How the size of chunks changes what is found: two sets of documentation that nobody here wrote, split as `Documents`
// splits them, and questions in other words than theirs. A question is answered where a chunk of the right section is
// among the first three, and where it is within the first 1,000 tokens: a model is given tokens, and not results.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { basename } from "node:path";
import { FULL, report } from "./report.mjs";
import { DOCUMENTS, isTarget, questionsOf } from "./retrieval/sets.mjs";

const require = createRequire(import.meta.url);
const { startEmulator } = require("../dist/local/emulator/index.js");
const { createClient } = require("../dist/provider/client/index.js");
const { splitDocument } = require("../dist/provider/documents/index.js");

const RESULTS = 3;
const CONTEXT = 1_000;
/** Tokens of a chunk at most, and those that it repeats of the one before. */
const SIZES = [
  [512, 0],
  [384, 0],
  [384, 64],
  [256, 0],
  [128, 0],
];
const EMBEDDINGS = process.env.EMBEDDINGS ?? (FULL ? "full" : "light");

/** The chunks of a set, each with its file and the headings that it begins with. */
async function chunksOf(paths, options) {
  const documents = paths.map(async (path) => {
    const { chunks } = await splitDocument(basename(path), readFileSync(path), options);
    return chunks.map((chunk) => ({ ...chunk, file: basename(path) }));
  });
  return (await Promise.all(documents)).flat();
}

for (const [maxTokens, overlapTokens] of SIZES) {
  const found = { results: 0, context: 0, questions: 0, chunks: 0, tokens: 0 };
  for (const [name, paths] of Object.entries(DOCUMENTS)) {
    const chunks = await chunksOf(paths(), { maxTokens, overlapTokens });
    const emulator = await startEmulator({ embeddings: EMBEDDINGS });
    const client = createClient({
      apiKey: emulator.key,
      baseUrl: emulator.url,
      // A search waits until everything before it is embedded.
      ...{ timeoutSeconds: 3600, attemptTimeoutSeconds: 3600 },
    });
    const { id } = await client.collections.create({ name });
    const { items } = await client.items.addMany(
      id,
      chunks.map(({ content }) => content),
    );
    const known = new Map(items.map((item, index) => [item.id, chunks[index]]));
    for (const { question, targets } of questionsOf(name)) {
      const { results } = await client.search(id, { input: question, limit: 30 });
      const best = results.map((result) => known.get(result.id));
      let tokens = 0;
      const within = best.filter((chunk) => (tokens += chunk.tokens) <= CONTEXT);
      const isAnswered = (some) => some.some((chunk) => targets.some((target) => isTarget(target, chunk)));
      found.results += isAnswered(best.slice(0, RESULTS)) ? 1 : 0;
      found.context += isAnswered(within) ? 1 : 0;
      found.questions += 1;
    }
    await emulator.close();
    found.chunks += chunks.length;
    found.tokens += chunks.reduce((sum, chunk) => sum + chunk.tokens, 0);
  }
  const prefix = `chunks.${maxTokens}${overlapTokens === 0 ? "" : `+${overlapTokens}`}.${EMBEDDINGS}`;
  report({
    name: `${prefix}.results`,
    value: found.results / found.questions,
    unit: `of ${found.questions} questions`,
  });
  report({
    name: `${prefix}.context`,
    value: found.context / found.questions,
    unit: `of ${found.questions} questions`,
  });
  report({ name: `${prefix}.chunks`, value: found.chunks, unit: `chunks, ${found.tokens} tokens` });
}
