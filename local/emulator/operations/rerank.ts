import { z } from "zod";
import type { Behavior } from "../behavior.js";
import { checkModel } from "../models.js";
import type { Operation } from "../operation.js";
import type { Finder } from "../search/finder.js";
import { optional, someText, text } from "../wire.js";

/** Results of one request. */
const MOST_RESULTS = 100;

const whole = z
  .number({ error: `must be a whole number from 1 to ${MOST_RESULTS}` })
  .int({ error: "must be a whole number" })
  .min(1, { error: "must be at least 1" })
  .max(MOST_RESULTS, { error: `must be at most ${MOST_RESULTS}` });

const body = z.object({
  model: text(),
  query: someText(),
  documents: z.array(text(), { error: "must be a list of texts" }).min(1, { error: "must have at least one text" }),
  top_n: optional(whole),
  return_documents: optional(z.boolean({ error: "must be true or false" })),
});

/** `/rerank`: puts texts in the order of how well they answer a question. */
export const rerankOperations = (finder: Finder, like: Behavior): Operation[] => [
  {
    id: "rerankDocuments",
    method: "POST",
    path: "/rerank",
    async handle(call) {
      const { model, query, documents, top_n: most = MOST_RESULTS, return_documents: whole } = await call.json(body);
      checkModel(model, like);
      const ranked = await finder.rank(query, documents);
      const results = ranked.slice(0, most).map(({ position, score }) => ({
        index: position,
        relevance_score: Math.min(1, Math.max(0, score)),
        ...(whole === true && { document: { text: documents[position] } }),
      }));
      return { status: 200, json: { model, results } };
    },
  },
];
