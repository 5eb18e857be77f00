import { onAbort } from "./abort.js";
import { type Clock } from "./clock.js";
import { FreshCollections } from "./fresh.js";
import { Outage } from "./outage.js";
import { TransportError } from "./transport-error.js";

/** A place under way. `round` tells which cut of the concurrency it has already seen. */
export interface Place {
  readonly round: number;
}

/** Who waits. */
interface Waiting {
  readonly turn: () => void;
  readonly giveUp: () => void;
  /** Once it is aborted, time is not waited for. */
  readonly interruption: AbortSignal | undefined;
}

/** How fast requests may go. */
export interface Pace {
  readonly concurrency: number;
  readonly requestsPerSecond: number;
}

/**
 * One for all requests of a process to an address with a key. Its concurrency halves when the API says that there are
 * too many, grows back by one for each round of answers, and everything stands still while the API asks for it.
 */
export class Limiter {
  #pace: Pace;
  #limit: number;
  #underWay = 0;
  #round = 0;
  #heldUntil = -Infinity;
  #tokens: number;
  #filledAt: number;
  /** In the order of arrival. A set, so that one that gives up leaves from the middle at no cost. */
  readonly #line = new Set<Waiting>();
  readonly #watched = new WeakSet<AbortSignal>();
  /** What is known of whether repeating is of use. */
  readonly outage = new Outage();
  /** Which collections may not be known to every request yet. */
  readonly fresh = new FreshCollections();
  #takeBack: (() => void) | undefined;

  constructor(
    pace: Pace,
    private readonly clock: Clock,
  ) {
    this.#pace = pace;
    this.#limit = pace.concurrency;
    this.#tokens = burst(pace);
    this.#filledAt = clock.now();
  }

  /** How many may be under way now. */
  get limit(): number {
    return Math.floor(this.#limit);
  }

  /** Takes over what a further client asks for where it is stricter. */
  restrict(pace: Pace): void {
    this.#pace = {
      concurrency: Math.min(this.#pace.concurrency, pace.concurrency),
      requestsPerSecond: Math.min(this.#pace.requestsPerSecond, pace.requestsPerSecond),
    };
    this.#limit = Math.min(this.#limit, this.#pace.concurrency);
    this.#tokens = Math.min(this.#tokens, burst(this.#pace));
  }

  /**
   * Resolves when it is the caller's turn; rejects with a TransportError when `signal` is aborted before.
   *
   * @param interruption once it is aborted, requests under way are waited for, and time is not.
   */
  enter(signal?: AbortSignal, interruption?: AbortSignal): Promise<Place> {
    return new Promise((resolve, reject) => {
      if (signal?.aborted) {
        reject(new TransportError("aborted", false, signal.reason));
        return;
      }
      const leave = () => {
        this.#line.delete(waiting);
        forget();
      };
      const turn = () => {
        leave();
        resolve({ round: this.#round });
      };
      const giveUp = () => {
        leave();
        reject(new TransportError("aborted", false, (signal?.aborted ? signal : interruption)?.reason));
      };
      const abort = () => {
        giveUp();
        this.#advance();
      };
      const waiting: Waiting = { turn, giveUp, interruption };
      const forget = onAbort(signal, abort);
      this.#watch(interruption);
      this.#line.add(waiting);
      this.#advance();
    });
  }

  /** Gives the place back. `overloaded`: the API said that there are too many requests. */
  leave(place: Place, overloaded: boolean): void {
    this.#underWay--;
    if (!overloaded) {
      this.#limit = Math.min(this.#pace.concurrency, this.#limit + 1 / this.#limit);
    } else if (place.round === this.#round) {
      // Those that went out together with it were too many for the same reason: they do not halve it again.
      this.#round++;
      this.#limit = Math.max(1, Math.floor(this.#limit / 2));
    }
    this.#advance();
  }

  /** Lets nobody through before `time`. */
  hold(time: number): void {
    this.#heldUntil = Math.max(this.#heldUntil, time);
  }

  /** One listener, however many wait. */
  #watch(interruption: AbortSignal | undefined): void {
    if (interruption === undefined || this.#watched.has(interruption)) return;
    this.#watched.add(interruption);
    interruption.addEventListener("abort", () => this.#advance(), { once: true });
  }

  #advance(): void {
    this.#takeBack?.();
    this.#takeBack = undefined;
    for (const waiting of this.#line) {
      const wait = this.#waitMs();
      if (wait > 0 && waiting.interruption?.aborted) {
        waiting.giveUp();
        continue;
      }
      if (this.#underWay >= this.limit) return;
      if (wait > 0) {
        this.#takeBack = this.clock.after(Math.ceil(wait), () => this.#advance());
        return;
      }
      this.#tokens -= 1;
      this.#underWay++;
      waiting.turn();
    }
  }

  #waitMs(): number {
    const rate = this.#pace.requestsPerSecond;
    if (rate === Infinity && this.#heldUntil === -Infinity) return 0;
    const now = this.clock.now();
    if (now < this.#heldUntil) return this.#heldUntil - now;
    if (rate === Infinity) return 0;
    // A clock that was set back must not drain the bucket.
    const passed = Math.max(0, now - this.#filledAt);
    this.#tokens = Math.min(burst(this.#pace), this.#tokens + (passed / 1000) * rate);
    this.#filledAt = now;
    // Sums of fractions miss a whole by a hair.
    return this.#tokens >= 1 - 1e-9 ? 0 : ((1 - this.#tokens) / rate) * 1000;
  }
}

/** At most a tenth of a second's worth at once: a full second's would send double the rate in the first one. */
function burst(pace: Pace): number {
  return Math.max(1, pace.requestsPerSecond / 10);
}

const limiters = new WeakMap<Clock, Map<string, Limiter>>();

/** The process's limiter for an address and key. */
export function limiterFor(target: { origin: string; apiKey: string; clock: Clock }, pace: Pace): Limiter {
  const ofClock = limiters.get(target.clock) ?? new Map<string, Limiter>();
  limiters.set(target.clock, ofClock);
  const name = `${target.origin} ${target.apiKey}`;
  const known = ofClock.get(name);
  known?.restrict(pace);
  const limiter = known ?? new Limiter(pace, target.clock);
  ofClock.set(name, limiter);
  return limiter;
}
