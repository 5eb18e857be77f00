import type { Item } from "../../../client/index.js";
import { ContentTooLongError, NotFoundError, VultrInferenceError } from "../../../client/http/errors.js";
import { interrupted } from "../../../api/interruption.js";
import type { Context } from "../../../session/context.js";
import { isOutcomeUnknown } from "../../../api/create-once.js";
import { Patience, Pool } from "../../../api/pool.js";
import { bears } from "../../../ownership/claim.js";
import { comparable } from "../../../ownership/comparable.js";
import { readDescription } from "../../../ownership/tag.js";
import { isOwn, listShowing, proven, taggedChunks, type Target } from "../observe.js";
import { LearnedLimits } from "./learned-limits.js";
import { keyText, Occurrences, type ChunkKey } from "../plan.js";
import { Progress } from "./progress.js";
import { descriptionOf, halvesOf, type DesiredChunk, type SyncedChunk } from "../desire.js";

/** A chunk that is not there, and why. */
export interface Failure {
  readonly desired: DesiredChunk;
  readonly reason: string;
}

/** What came of it. */
export interface Upload {
  readonly uploaded: readonly SyncedChunk[];
  readonly failures: readonly Failure[];
}

/** An unanswered request is looked for so often before it is sent again for the last time. */
const ROUNDS = 3;
/** In milliseconds: how long a list may lag behind. */
const PAUSE = 1_000;

/**
 * Adds chunks, as many at once as may be. One that the API finds too long is split in two; one whose answer was lost is
 * looked for by its claim before it is sent again. After a refusal, chunks of that kind are split before they are sent.
 * What concerns one chunk alone does not stop the others.
 *
 * @param taken all chunks that the collection holds or is to hold, so that parts get tags of their own.
 * @param listed what the collection held before: nothing of it can be the answer to an upload.
 */
export async function upload(
  context: Context,
  target: Target,
  chunks: readonly DesiredChunk[],
  taken: readonly ChunkKey[],
  listed: ReadonlyMap<string, unknown>,
  urn: string | undefined,
): Promise<Upload> {
  const run = new Run(
    context,
    target,
    listed,
    new Progress(context, chunks.length, "chunk", "", urn),
    new Occurrences(taken),
  );
  let pending = chunks;
  for (let round = 1; pending.length > 0; round++) {
    const doubtful = await run.send(pending);
    if (doubtful.length === 0) break;
    const lost = await run.lookFor(doubtful, round);
    if (run.isStopped || round === ROUNDS) {
      run.failures.push(...lost);
      break;
    }
    pending = lost.map(({ desired }) => desired);
  }
  run.end();
  for (const sentence of run.limits.sentences()) await context.report(sentence, { urn });
  return { uploaded: run.uploaded, failures: run.failures };
}

class Run {
  readonly uploaded: SyncedChunk[] = [];
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
  async send(chunks: readonly DesiredChunk[]): Promise<readonly Failure[]> {
    this.#doubtful = [];
    const pool: Pool<DesiredChunk> = new Pool<DesiredChunk>(this.context, (desired) => this.#add(desired, pool));
    pool.add(...chunks);
    await pool.run();
    const { interruption } = this.context;
    this.isStopped ||= interruption.aborted;
    const reason = interruption.aborted
      ? interrupted().message
      : (this.failures.at(-1)?.reason ?? this.#doubtful.at(-1)?.reason ?? "");
    this.failures.push(...pool.left.map((desired) => ({ desired, reason })));
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
      const wanted = new Map(doubtful.map((failure) => [keyText(failure.desired), failure]));
      const candidates = taggedChunks(listed.values()).filter(
        (item) =>
          isOwn(this.target, item.tag) && !known.has(item.id) && !this.before.has(item.id) && wanted.has(keyText(item)),
      );
      for (const item of await proven(this.context, this.target, candidates)) {
        const failure = wanted.get(keyText(item));
        if (failure)
          this.#done({ desired: failure.desired, id: item.id, created: item.created, description: item.description });
        wanted.delete(keyText(item));
      }
      return [...wanted.values()];
    } catch (error) {
      if (!VultrInferenceError.isInstance(error)) throw error;
      this.isStopped = true;
      return doubtful;
    }
  }

  async #add(desired: DesiredChunk, pool: Pool<DesiredChunk>): Promise<void> {
    if (this.limits.isTooLong(desired) && this.#halve(desired, pool)) return;
    const description = descriptionOf(this.target, desired);
    try {
      const { item } = await this.context.client.items.add(this.target.collectionId, {
        content: desired.chunk.content,
        description,
      });
      this.#patience.succeeded();
      this.limits.accepted(desired);
      if (!this.#isNew(item, desired)) {
        this.#doubtful.push({ desired, reason: "the API answered with another item than the one that was sent." });
        return;
      }
      this.#done({ desired, id: item.id, created: item.created, description: item.description });
      if (!bearsTag(item.description)) throw new TruncatedTagError(truncatedTag(item.description));
    } catch (error) {
      this.#failed(desired, error, pool);
    }
  }

  /** Whether an answer is about what was sent, and not about something else of the API's. */
  #isNew({ id, description, content }: Item, { chunk }: DesiredChunk): boolean {
    return (
      !this.before.has(id) &&
      (bears(readDescription(description).tag, this.target.claimant) ||
        comparable(content) === comparable(chunk.content))
    );
  }

  #failed(desired: DesiredChunk, error: unknown, pool: Pool<DesiredChunk>): void {
    if (ContentTooLongError.isInstance(error)) {
      this.#patience.succeeded();
      this.limits.refused(desired);
      if (this.#halve(desired, pool)) return;
    }
    if (!VultrInferenceError.isInstance(error) && !(error instanceof TruncatedTagError)) throw error;
    if (error instanceof TruncatedTagError || NotFoundError.isInstance(error) || this.#patience.isLost(error)) {
      this.isStopped = true;
      pool.stop();
    }
    if (error instanceof TruncatedTagError) this.failures.push({ desired, reason: error.message });
    else if (isOutcomeUnknown(error)) this.#doubtful.push({ desired, reason: error.message });
    else this.failures.push({ desired, reason: error.message });
  }

  /** @returns whether there was something to split. */
  #halve(desired: DesiredChunk, pool: Pool<DesiredChunk>): boolean {
    const halves = halvesOf(desired);
    if (halves.length < 2) return false;
    this.progress.more(halves.length - 1);
    pool.add(...halves.map((half) => ({ ...half, occurrence: this.occurrences.next(half) })));
    return true;
  }

  end(): void {
    this.progress.end();
  }

  #done(uploaded: SyncedChunk): void {
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
