import type { Answer } from "../operation.js";

/** Lists of at most this many paths are remembered. */
const PATHS = 100;

/** Remembers what lists answered, for faults that let one answer the same again. */
export class StaleLists {
  readonly #last = new Map<string, Answer>();

  /** @returns the answer of the request before, or an empty list of the same kind. Remembers the new one otherwise. */
  answer(path: string, answer: Answer, stale: boolean): Answer {
    if (stale) return this.#last.get(path) ?? emptied(answer);
    this.#last.delete(path);
    this.#last.set(path, answer);
    const [oldest] = this.#last.keys();
    if (this.#last.size > PATHS && oldest !== undefined) this.#last.delete(oldest);
    return answer;
  }
}

function emptied(answer: Answer): Answer {
  return truncateList(answer, 0);
}

/** A list that ends after so many entries. */
export function truncateList(answer: Answer, length: number): Answer {
  if (!("json" in answer) || typeof answer.json !== "object" || answer.json === null) return answer;
  const entries = Object.entries(answer.json as Record<string, unknown>);
  return {
    ...answer,
    json: Object.fromEntries(entries.map(([name, list]) => [name, Array.isArray(list) ? list.slice(0, length) : list])),
  };
}
