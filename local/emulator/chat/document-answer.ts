import type { Library } from "../library.js";
import { closest, type FoundItem } from "../operations/search.js";
import type { Finder } from "../search/finder.js";
import { sentencesOf } from "./sentences.js";

/** Documents that an answer is taken from, and sentences of an answer. */
const DOCUMENTS = 3;
const SENTENCES = 3;

/** What an answer from a collection is made of. */
export interface DocumentAnswer {
  /** The chunks closest to the question. */
  readonly chunks: readonly FoundItem[];
  /** Those of their sentences that are closest to it, best first; none where no chunk has to do with it. */
  readonly sentences: readonly string[];
}

/** @throws ApiError for an unknown collection. */
export async function documentAnswer(
  library: Library,
  finder: Finder,
  collection: string,
  question: string,
): Promise<DocumentAnswer> {
  const chunks = await closest(library, finder, collection, question, DOCUMENTS);
  if (!chunks.some(({ relevant }) => relevant)) return { chunks, sentences: [] };
  const all = new Set(chunks.flatMap(({ item }) => sentencesOf(item.content)));
  return { chunks, sentences: await finder.closest(question, [...all], SENTENCES) };
}
