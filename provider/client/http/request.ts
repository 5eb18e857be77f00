import type { Incoming } from "./incoming.js";

/**
 * What happens when a request is processed twice:
 * - `safe`: nothing, it changes nothing (GET, search, logs);
 * - `idempotent`: the second leaves what the first left (PATCH, DELETE);
 * - `non-idempotent`: it makes or costs something each time (creating, chat, speech).
 */
type Effect = "safe" | "idempotent" | "non-idempotent";

/** A body that is sent chunk by chunk. */
export interface Upload {
  readonly contentType: string;
  /** In bytes; undefined where unknown, which sends chunks. */
  readonly length: number | undefined;
  /** Whether it has been read and cannot be read again. */
  readonly spent: boolean;
  /** Starts reading from the beginning. */
  open(): AsyncIterable<Uint8Array>;
}

/** One request of one operation, as a noun describes it. */
export interface ApiRequest {
  /** The `operationId` of the API's description. */
  readonly operation: string;
  /** Goes on from "Could not": `get collection "finbert"`. */
  readonly task: string;
  /**
   * What the request is about and a 404 may be about: `collection "finbert"`. Without it a 404 means a wrong address.
   */
  readonly object?: string;
  readonly method: "GET" | "POST" | "PATCH" | "DELETE";
  /** Below the base URL, made with the `path` tag. */
  readonly path: string;
  readonly effect: Effect;
  /** Sent without the key. */
  readonly anonymous?: boolean;
  readonly json?: unknown;
  readonly upload?: Upload;
  /** Texts of the user in the body; kept out of messages when the API echoes them. */
  readonly documents?: readonly string[];
  /** A success is wanted chunk by chunk, as server-sent events. */
  readonly streams?: boolean;
  /** A success is read by this, and no further than it wants. */
  readonly reader?: () => BodyReader;
  /** The collection that it is about or works in, which may not be known to every request yet; as `object` names it. */
  readonly collection?: string;
  /** Its id. */
  readonly collectionId?: string;
  /** Some services do not have this operation: what a 404 is told with, as in `ask models.list for the models`. */
  readonly mayBeMissing?: string;
  /** Some services do not take this method for the object: what a 405 is told with. */
  readonly mayBeRefused?: string;
  /** Headers of the caller's own. */
  readonly headers?: Readonly<Record<string, string>>;
}

/** Reads the body of a success as it comes, so that nobody waits for the rest of a large one. */
export interface BodyReader {
  /** Takes the next bytes. Answers true once no more are needed. */
  take(bytes: Uint8Array): boolean;
}

/** By their names in lower case. */
export type AnswerHeaders = Readonly<Record<string, string | string[] | undefined>>;

/** An answer of whatever status. */
export interface Answer {
  readonly status: number;
  readonly headers: AnswerHeaders;
  /** The whole body; empty where it comes as `stream`. */
  readonly body: Buffer;
  /** The body of a successful answer to a request that expects events. */
  readonly stream?: Incoming;
  /** What has read the body where the request has a reader; `body` is its beginning alone then. */
  readonly reader?: BodyReader;
}

/** One try at a request: what the steps tell each other about it. */
export class Attempt {
  /** Milliseconds it took, without waiting in line. */
  tookMs = 0;
  /** Called with each chunk sent or received where chunks count: the time starts afresh. */
  progress: () => void = nothing;
  /** Called to stop what is under way. */
  cancel: (reason: "timeout" | "aborted") => void = nothing;

  constructor(
    /** Milliseconds it may take, without waiting in line. */
    readonly budgetMs: number,
    readonly signal: AbortSignal | undefined,
  ) {}
}

function nothing(): void {
  // Until a step has something to do there.
}

/** Sends a request: resolves with any answer, rejects with a TransportError where none came. */
export type Send = (request: ApiRequest, attempt: Attempt) => Promise<Answer>;

/** Adds one concern to sending. */
export type Step = (next: Send) => Send;
