import { ContentTooLongError, NotFoundError, VultrInferenceError, type Item } from "../../../client/index.js";
import { interrupted } from "../../../api/interruption.js";
import type { Context } from "../../../session/context.js";
import { isOutcomeUnknown } from "../../../api/create-once.js";
import { Patience, Pool } from "../../../api/pool.js";
import { bears } from "../../../ownership/claim.js";
import { comparable } from "../../../ownership/comparable.js";
import { readDescription } from "../../../ownership/tag.js";
import { isOwn, proven, taggedChunks, type Target } from "./have.js";
import { LearnedLimits } from "./learned-limits.js";
import { listShowing } from "./list-showing.js";
import { keyText, Occurrences, type ChunkKey } from "../plan.js";
import { Progress } from "./progress.js";
import { descriptionOf, halvesOf, type Want } from "./want.js";

/** A chunk that is now there. */
export interface Uploaded {
  readonly want: Want;
  readonly id: string;
  readonly created: string;
  readonly description: string;
}

/** A chunk that is not there, and why. */
export interface Failure {
  readonly want: Want;
  readonly reason: string;
}

/** What came of it. */
export interface Upload {
  readonly uploaded: readonly Uploaded[];
  readonly failures: readonly Failure[];
}

/** An unanswered request is looked for so often before it is sent again for the last time. */
const ROUNDS = 3;
/** In milliseconds: how long a list may lag behind. */
const PAUSE = 1_000;

/**
 * Adds chunks, as many at once as may be. One that the API finds too long is split in two; one whose answer was lost is
 * looked for by its claim before it is sent again. After a refusal, chunks of that kind are split before they are sent. What concerns one chunk alone does not stop the others.
 *
 * @param taken all chunks that the collection holds or is to hold, so that parts get tags of their own.
 * @param listed what the collection held before: nothing of it can be the answer to an upload.
 */
export async function upload(context: Context, target: Target, chunks: readonly Want[], taken: readonly ChunkKey[], listed: ReadonlyMap<string, unknown>, urn: string | undefined): Promise<Upload> {
  const run = new Run(context, target, listed, new Progress(context, chunks.length, "chunk", "", urn), new Occurrences(taken));
  let pending = chunks;
  for (let round = 1; pending.length > 0; round++) {
    const doubtful = await run.send(pending);
    if (doubtful.length === 0) break;
    const lost = await run.lookFor(doubtful, round);
    if (run.isStopped || round === ROUNDS) {
      run.failures.push(...lost);
      break;
    }
    pending = lost.map(({ want }) => want);
  }
  run.end();
  for (const sentence of run.limits.sentences()) await context.report(sentence, { urn });
  return { uploaded: run.uploaded, failures: run.failures };
}

class Run {
  readonly uploaded: Uploaded[] = [];
  readonly failures: Failure[] = [];
  readonly limits = new LearnedLimits();
  isStopped = false;
  readonly #patience: Patience;
  #doubtful: Failure[] = [];

  constructor(
    private readonly context: Context,
    private readonly target: Target,
    private readonly before: ReadonlyMap<string, unknown>,
    private readonly progress: Progress,
    private readonly occurrences: Occurrences,
  ) {
    this.#patience = new Patience(context);
  }

  /** Sends them. @returns those whose answers were lost. */
  async send(chunks: readonly Want[]): Promise<readonly Failure[]> {
    this.#doubtful = [];
    const pool: Pool<Want> = new Pool<Want>(this.context, (want) => this.#add(want, pool));
    pool.add(...chunks);
    await pool.run();
    const { interruption } = this.context;
    this.isStopped ||= interruption.aborted;
    const reason = interruption.aborted ? interrupted().message : this.failures.at(-1)?.reason ?? this.#doubtful.at(-1)?.reason ?? "";
    this.failures.push(...pool.left.map((want) => ({ want, reason })));
    return this.#doubtful;
  }

  /** @returns those that are not there. Where that cannot be told, nothing is sent again. */
  async lookFor(doubtful: readonly Failure[], round: number): Promise<readonly Failure[]> {
    try {
      await this.context.clock.sleep(PAUSE * round);
      const known = new Set(this.uploaded.map(({ id }) => id));
      const listed = await listShowing(this.context, this.target.collectionId, known);
      if (!listed) {
        this.isStopped = true;
        return doubtful;
      }
      const wanted = new Map(doubtful.map((failure) => [keyText(failure.want), failure]));
      const candidates = taggedChunks(listed.values()).filter((item) => isOwn(this.target, item.tag) && !known.has(item.id) && !this.before.has(item.id) && wanted.has(keyText(item)));
      for (const item of await proven(this.context, this.target, candidates)) {
        const failure = wanted.get(keyText(item));
        if (failure) this.#done({ want: failure.want, id: item.id, created: item.created, description: item.description });
        wanted.delete(keyText(item));
      }
      return [...wanted.values()];
    } catch (error) {
      if (!VultrInferenceError.isInstance(error)) throw error;
      this.isStopped = true;
      return doubtful;
    }
  }

  async #add(want: Want, pool: Pool<Want>): Promise<void> {
    if (this.limits.isTooLong(want) && this.#halve(want, pool)) return;
    const description = descriptionOf(this.target, want);
    try {
      const { item } = await this.context.client.items.add(this.target.collectionId, { content: want.chunk.content, description });
      this.#patience.succeeded();
      this.limits.accepted(want);
      if (!this.#isNew(item, want)) {
        this.#doubtful.push({ want, reason: "the API answered with another item than the one that was sent." });
        return;
      }
      this.#done({ want, id: item.id, created: item.created, description: item.description });
      if (!bearsTag(item.description)) throw new TruncatedTagError(truncatedTag(item.description));
    } catch (error) {
      this.#failed(want, error, pool);
    }
  }

  /** Whether an answer is about what was sent, and not about something else of the API's. */
  #isNew({ id, description, content }: Item, { chunk }: Want): boolean {
    return !this.before.has(id) && (bears(readDescription(description).tag, this.target.claimant) || comparable(content) === comparable(chunk.content));
  }

  #failed(want: Want, error: unknown, pool: Pool<Want>): void {
    if (ContentTooLongError.isInstance(error)) {
      this.#patience.succeeded();
      this.limits.refused(want);
      if (this.#halve(want, pool)) return;
    }
    if (!VultrInferenceError.isInstance(error) && !(error instanceof TruncatedTagError)) throw error;
    if (error instanceof TruncatedTagError || NotFoundError.isInstance(error) || this.#patience.isLost(error)) {
      this.isStopped = true;
      pool.stop();
    }
    if (error instanceof TruncatedTagError) this.failures.push({ want, reason: error.message });
    else if (isOutcomeUnknown(error)) this.#doubtful.push({ want, reason: error.message });
    else this.failures.push({ want, reason: error.message });
  }

  /** @returns whether there was something to split. */
  #halve(want: Want, pool: Pool<Want>): boolean {
    const halves = halvesOf(want);
    if (halves.length < 2) return false;
    this.progress.more(halves.length - 1);
    pool.add(...halves.map((half) => ({ ...half, occurrence: this.occurrences.next(half) })));
    return true;
  }

  end(): void {
    this.progress.end();
  }

  #done(uploaded: Uploaded): void {
    this.uploaded.push(uploaded);
    this.progress.step();
  }
}

/** Without its tag an item would never be found again. */
export function bearsTag(description: string): boolean {
  return readDescription(description).tag?.chunk !== undefined;
}

/** Why that is so. */
export function truncatedTag(description: string): string {
  return `the API kept ${description.length} characters of its description, too few for the tag that it is found by`;
}

class TruncatedTagError extends Error {}
