import type { CheckResult } from "./check.js";
import type { Redact } from "./client/http/words.js";
import type { Client, File, ItemSummary } from "./client/index.js";
import type { Difference } from "./diff.js";
import type { Lists } from "./lists.js";
import type { Log } from "./log.js";
import type { Ownership } from "./ownership/ownership.js";
import type { Places } from "./ownership/place.js";
import type { Report } from "./report.js";
import type { Status } from "./status.js";
import type { Turns } from "./turns.js";
import type { Properties } from "./values.js";

/** What a lifecycle works with. Everything outside the process and every wait is in here, so tests can stand in for it. */
export interface Context {
  readonly client: Client;
  /** Whether something secret is worked on: neither names nor what the API says may be told. */
  readonly confidential: boolean;
  /** Takes API keys out of a text, in each form in which they may stand there. */
  readonly redact: Redact;
  /** Where it looks: at which API, under which key. */
  readonly places: Places;
  /** Who manages what, as far as this process knows. */
  readonly ownership: Ownership;
  /** How many requests may be under way at once. */
  readonly concurrency: number;
  /** How often a request may be repeated. */
  readonly maxRetries: number;
  /** The items and files of collections, each listed once for many resources. */
  readonly items: Lists<ItemSummary>;
  readonly files: Lists<File>;
  /** Keeps creations apart that could be mistaken for one another. */
  readonly turns: Turns;
  readonly clock: Clock;
  /** Aborted where the person who deploys interrupts the run: what is under way ends, and nothing more is begun or waited for. */
  readonly interruption: AbortSignal;
  readonly log: Log;
  /** Tells what a resource that takes its time is at. */
  readonly status: Status;
  /** Tells what stays on the screen. */
  readonly report: Report;
}

/** Time, injected. */
export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number;
  /** Resolves after so many milliseconds. Rejects with an AbortedError where the run is interrupted. */
  sleep(milliseconds: number): Promise<void>;
}

/** An object that now exists, with everything the state shall hold about it. */
export interface Created<State> {
  readonly id: string;
  readonly state: State;
}

/**
 * What was found in the API.
 *
 * `gone` is said only for a proven absence; a doubtful answer is thrown. `inputs` stand in for the program's old ones
 * and are complete; they are left out where nothing drifted.
 */
export type Found<State> = "gone" | { readonly id: string; readonly state: State; readonly inputs?: Properties };

/** The six verbs of a resource, in the order in which the engine calls them. */
export interface Lifecycle<Inputs, State> {
  /** Finds everything wrong with the program's inputs and computes the derived ones. No network. */
  check(olds: Properties, news: Properties, report: Report): CheckResult | Promise<CheckResult>;
  /** Says what the difference between state and inputs means. No network, but for what only the person is told. */
  diff(state: Properties, inputs: Properties, report: Report, context?: () => Context): Difference | Promise<Difference>;
  /** Makes the object, or takes over one that an interrupted run provably made for this very resource. */
  create(context: Context, inputs: Inputs): Promise<Created<State>>;
  /** Looks the object up. The state is empty where a program reads an object that it does not manage. */
  read(context: Context, id: string, state: Partial<State>): Promise<Found<State>>;
  /** Changes the object in place; also called to finish one that was left half-made. */
  update(context: Context, id: string, state: Partial<State>, inputs: Inputs): Promise<State>;
  /** Deletes the object. One that is gone already is no error. */
  delete(context: Context, id: string, state: Partial<State>): Promise<void>;
}

/**
 * Thrown by create or update when the object exists but is not as it should be. The engine keeps it in the state with
 * the reason, and the next `up` calls `update` to finish it.
 */
export class HalfMade<State> extends Error {
  override readonly name = "HalfMade";

  constructor(
    readonly id: string,
    readonly state: State,
    reason: string,
  ) {
    super(reason);
  }
}

/** Whether an error says that an object exists, and is kept. Also of another copy of this package. */
export function isHalfMade(error: unknown): error is HalfMade<object> {
  return error instanceof Error && error.name === "HalfMade";
}
