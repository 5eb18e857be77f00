import {
  AbortedError,
  AuthenticationError,
  BaseUrlError,
  UsageError,
  VultrInferenceError,
} from "../client/http/errors.js";
import { interrupted } from "./interruption.js";

/** How wide work goes, and what ends it early. */
interface Width {
  /** How many may be under way at once. */
  readonly concurrency: number;
  readonly interruption?: AbortSignal;
}

/** Work that adds work of its own, done by so many at once. Once the run is interrupted, nothing more is begun. */
export class Pool<T> {
  readonly #queue: T[] = [];
  #begun = 0;
  #isStopped = false;

  constructor(
    private readonly context: Width,
    private readonly work: (one: T) => Promise<void>,
  ) {}

  /** Puts something at the end of the line. */
  add(...more: readonly T[]): void {
    for (const one of more) this.#queue.push(one);
  }

  /** Lets what is under way end, and begins nothing more. */
  stop(): void {
    this.#isStopped = true;
  }

  /** What was never begun. */
  get left(): readonly T[] {
    return this.#queue.slice(this.#begun);
  }

  /**
   * Resolves when everything is done, or stopped. Rejects with the first thing that the work throws, once all has
   * ended.
   */
  async run(): Promise<void> {
    const { concurrency, interruption } = this.context;
    let underWay = 0;
    let failure: { readonly error: unknown } | undefined;
    await new Promise<void>((resolve) => {
      const next = (): void => {
        while (
          underWay < concurrency &&
          !this.#isStopped &&
          interruption?.aborted !== true &&
          this.#begun < this.#queue.length
        ) {
          const one = this.#queue[this.#begun++] as T;
          underWay++;
          void this.work(one)
            .catch((error: unknown) => {
              failure ??= { error };
              this.stop();
            })
            .finally(() => {
              underWay--;
              next();
            });
        }
        if (underWay === 0) resolve();
      };
      next();
    });
    if (failure) throw failure.error;
  }
}

/**
 * Does something with each of a list, so many at once.
 *
 * @throws AbortedError where the run was interrupted before all of them. @throws what the work throws.
 */
export async function each<T>(context: Width, all: readonly T[], work: (one: T) => Promise<void>): Promise<void> {
  const pool = new Pool<T>(context, work);
  pool.add(...all);
  await pool.run();
  if (pool.left.length > 0) throw interrupted();
}

/** Something that was not done, and why. */
export interface Undone<T> {
  readonly one: T;
  readonly reason: string;
}

/**
 * Does something with each of a list, as `each` does, and goes on where one fails, unless that would meet the others,
 * too: then those that were not begun are left out, for the same reason.
 *
 * @returns what was not done.
 */
export async function tryEach<T>(
  context: Width,
  all: readonly T[],
  work: (one: T) => Promise<void>,
): Promise<readonly Undone<T>[]> {
  const undone: Undone<T>[] = [];
  const patience = new Patience(context);
  const pool: Pool<T> = new Pool<T>(context, async (one) => {
    try {
      await work(one);
      patience.succeeded();
    } catch (error) {
      if (!VultrInferenceError.isInstance(error)) throw error;
      undone.push({ one, reason: error.message });
      if (patience.isLost(error)) pool.stop();
    }
  });
  pool.add(...all);
  await pool.run();
  const reason = context.interruption?.aborted ? interrupted().message : (undone.at(-1)?.reason ?? "");
  return [...undone, ...pool.left.map((one) => ({ one, reason }))];
}

/** In a row: beyond what is under way at once, so that one bad moment is not taken for the end. */
const FAILURES = 8;

/** Decides when failures say that nothing more will succeed. */
export class Patience {
  #inARow = 0;

  constructor(private readonly context: Width) {}

  succeeded(): void {
    this.#inARow = 0;
  }

  /** Whether this error would meet everything that follows, or is one too many in a row. */
  isLost(error: VultrInferenceError): boolean {
    this.#inARow++;
    return meetsAll(error) || this.#inARow > Math.max(FAILURES, this.context.concurrency);
  }
}

function meetsAll(error: VultrInferenceError): boolean {
  return [AuthenticationError, UsageError, BaseUrlError, AbortedError].some((kind) => kind.isInstance(error));
}
