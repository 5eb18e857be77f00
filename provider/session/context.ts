import type { Timer } from "../api/interruption.js";
import type { KeyedMutex } from "../api/keyed-mutex.js";
import type { Lists } from "../api/lists.js";
import type { Client, File, ItemSummary, Logger } from "../client/index.js";
import type { PreparedDocuments } from "../documents/prepared.js";
import type { Progress } from "../engine/progress.js";
import type { Report } from "../engine/report.js";
import type { NewNames } from "../ownership/collection-id.js";
import type { Ownership } from "../ownership/ownership.js";
import type { Places } from "../ownership/place.js";
import type { Redact } from "../text/redact.js";

/** What `check` and `diff` work with: nothing of the network. */
export interface LocalContext {
  /** Tells what stays on the screen. */
  readonly report: Report;
  /** What this process has read and split of documents. */
  readonly prepared: PreparedDocuments;
  /** The names of collections that the program declares anew. */
  readonly newNames: NewNames;
  /** The account, for what only the person is told. */
  readonly account?: () => Context;
}

/**
 * What the other verbs work with. Everything outside the process and every wait is in here, so tests can stand in for
 * it.
 */
export interface Context extends LocalContext {
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
  readonly turns: KeyedMutex;
  readonly clock: Timer;
  /**
   * Aborted where the person who deploys interrupts the run: what is under way ends, and nothing more is begun or
   * waited for.
   */
  readonly interruption: AbortSignal;
  readonly log: Logger;
  /** Tells what a resource that takes its time is at. */
  readonly progress: Progress;
}
