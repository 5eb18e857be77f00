// Which parts of some code a chunk of work runs, and how often, as V8 counts it.
import { Session } from "node:inspector/promises";

export class Coverage {
  #session = new Session();
  #seen = new Set();
  #part;

  /** @param part - what is counted has it in its path. */
  constructor(part) {
    this.#part = part;
  }

  async start() {
    this.#session.connect();
    await this.#session.post("Profiler.enable");
    await this.#session.post("Profiler.startPreciseCoverage", { callCount: true, detailed: true });
  }

  /** Whether anything ran since the last call that never ran before, or never so often. */
  async isNew() {
    const { result } = await this.#session.post("Profiler.takePreciseCoverage");
    const before = this.#seen.size;
    for (const { url, functions } of result) {
      if (!url.includes(this.#part)) continue;
      for (const { ranges } of functions) {
        for (const { startOffset, endOffset, count } of ranges) {
          if (count > 0) this.#seen.add(`${url}:${startOffset}:${endOffset}:${Math.ceil(Math.log2(count + 1))}`);
        }
      }
    }
    return this.#seen.size > before;
  }

  get size() {
    return this.#seen.size;
  }
}
