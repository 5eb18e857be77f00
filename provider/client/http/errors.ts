/** Marks our errors across copies of this package, where `instanceof` does not reach. */
const brand = Symbol.for("pulumi-vultr-inference/error");

/** What is known of a failure besides its sentence. */
export interface ErrorFacts {
  /** The operation that failed, by its `operationId` in the API's description, e.g. `getCollection`. */
  readonly operation: string;
  /** The HTTP status that came back, where one came. */
  readonly status?: number | undefined;
  /** Whether the API may have carried out the write although it failed. */
  readonly outcomeUnknown?: boolean;
  readonly cause?: unknown;
  /** What came back, with nothing secret in it. */
  readonly response?: ErrorResponse | undefined;
}

/** What came back with an error, without the key and the documents that were sent. */
export interface ErrorResponse {
  /** By their names in lower case; without cookies. */
  readonly headers: Readonly<Record<string, string>>;
  /** What the JSON says, or the text. */
  readonly body: unknown;
}

/**
 * Base of every error that the client throws. The message is one sentence for a stack's author: what was tried, on
 * which object, what came back, what to do. It never holds the API key or a document.
 *
 * Tell errors apart by `isInstance` and `code`, which work between two copies of this package; `instanceof` does not.
 *
 * @example
 * ```ts
 * import { createClient, VultrInferenceError } from "pulumi-vultr-inference/client";
 *
 * const client = createClient();
 * try {
 *   await client.items.add("handbook", { content: "Send anything back within 30 days." });
 * } catch (error) {
 *   if (!VultrInferenceError.isInstance(error)) throw error;
 *   switch (error.code) {
 *     case "rate_limit":
 *       console.log(`Again in ${error.retryAfterSeconds ?? 60} s.`);
 *       break;
 *     case "content_too_long":
 *       console.log(`About ${error.estimatedTokens} tokens are too many.`);
 *       break;
 *     default:
 *       throw error;
 *   }
 * }
 * ```
 */
export abstract class VultrInferenceError extends Error {
  /** A stable word for the kind of error. */
  abstract readonly code: string;
  /** The HTTP status that came back; absent where none came. */
  declare readonly status?: number;
  /** The operation that failed, by its `operationId` in the API's description, e.g. `addItem`. */
  readonly operation: string;
  /** True where a write may or may not have been processed: look before repeating it. */
  readonly outcomeUnknown: boolean;
  /**
   * Headers and body that came back, without the key and what was sent. Absent where nothing came, and where something
   * secret is worked on. Not enumerable: a log of the error does not show it.
   */
  declare readonly response?: ErrorResponse;

  constructor(message: string, facts: ErrorFacts) {
    super(message, facts.cause === undefined ? undefined : { cause: facts.cause });
    this.name = new.target.name;
    this.operation = facts.operation;
    this.outcomeUnknown = facts.outcomeUnknown ?? false;
    if (facts.status !== undefined) this.status = facts.status;
    if (facts.response !== undefined) Object.defineProperty(this, "response", { value: facts.response });
    Object.defineProperty(this, brand, { value: true });
  }

  /** Whether `value` is an error of this client, from any copy of this package. Its `code` then tells which. */
  static isInstance(value: unknown): value is AnyVultrInferenceError {
    return typeof value === "object" && value !== null && Reflect.get(value, brand) === true;
  }
}

function hasCode(value: unknown, code: ErrorCode): boolean {
  return VultrInferenceError.isInstance(value) && value.code === code;
}

/** An argument or a setting is wrong; nothing was sent. */
export class UsageError extends VultrInferenceError {
  readonly code = "usage";
  static override isInstance(value: unknown): value is UsageError {
    return hasCode(value, "usage");
  }
}

/** The API did not accept the key (401, 403, or 422 with `Invalid API key`). */
export class AuthenticationError extends VultrInferenceError {
  readonly code = "authentication";
  static override isInstance(value: unknown): value is AuthenticationError {
    return hasCode(value, "authentication");
  }
}

/** The API itself said that the object does not exist (404, or 422 for a collection). */
export class NotFoundError extends VultrInferenceError {
  readonly code = "not_found";
  static override isInstance(value: unknown): value is NotFoundError {
    return hasCode(value, "not_found");
  }
}

/** The API refuses the request as it stands (400, 409, 413, 422 and other 4xx). */
export class ValidationError extends VultrInferenceError {
  readonly code = "validation";
  static override isInstance(value: unknown): value is ValidationError {
    return hasCode(value, "validation");
  }
}

/** A collection with this name, or with one that begins with the same 14 characters, exists already (422, 409). */
export class DuplicateNameError extends VultrInferenceError {
  readonly code = "duplicate_name";
  static override isInstance(value: unknown): value is DuplicateNameError {
    return hasCode(value, "duplicate_name");
  }
}

/**
 * A text is longer than the model takes: an item or a search longer than the embedding model's about 512 tokens (422),
 * or a conversation longer than the chat model's context (400).
 */
export class ContentTooLongError extends VultrInferenceError {
  readonly code = "content_too_long";
  /** How many tokens the texts that were sent have, by this package's estimate. */
  declare readonly estimatedTokens?: number;
  constructor(message: string, facts: ErrorFacts & { readonly estimatedTokens?: number | undefined }) {
    super(message, facts);
    if (facts.estimatedTokens !== undefined) this.estimatedTokens = facts.estimatedTokens;
  }
  static override isInstance(value: unknown): value is ContentTooLongError {
    return hasCode(value, "content_too_long");
  }
}

/** Too many requests, and still so after the retries (429). Nothing was processed. */
export class RateLimitError extends VultrInferenceError {
  readonly code = "rate_limit";
  /** Seconds that the API asked to wait, where it said so. */
  declare readonly retryAfterSeconds?: number;
  constructor(message: string, facts: ErrorFacts & { readonly retryAfterSeconds?: number | undefined }) {
    super(message, facts);
    if (facts.retryAfterSeconds !== undefined) this.retryAfterSeconds = facts.retryAfterSeconds;
  }
  static override isInstance(value: unknown): value is RateLimitError {
    return hasCode(value, "rate_limit");
  }
}

/** The API failed (5xx, 408), and still so after the retries where there were any. */
export class ServerError extends VultrInferenceError {
  readonly code = "server";
  static override isInstance(value: unknown): value is ServerError {
    return hasCode(value, "server");
  }
}

/** What answers is not the API: an HTML page, a redirect, or a 404 on a path that the API has. */
export class BaseUrlError extends VultrInferenceError {
  readonly code = "base_url";
  static override isInstance(value: unknown): value is BaseUrlError {
    return hasCode(value, "base_url");
  }
}

/** No connection, or one that broke before the whole answer had arrived. */
export class ConnectionError extends VultrInferenceError {
  readonly code = "connection";
  static override isInstance(value: unknown): value is ConnectionError {
    return hasCode(value, "connection");
  }
}

/** No connection, or no whole answer, within the time given by `timeoutSeconds` and `attemptTimeoutSeconds`. */
export class TimeoutError extends VultrInferenceError {
  readonly code = "timeout";
  static override isInstance(value: unknown): value is TimeoutError {
    return hasCode(value, "timeout");
  }
}

/** The caller's `signal` was aborted. `cause` is the signal's reason. */
export class AbortedError extends VultrInferenceError {
  readonly code = "aborted";
  static override isInstance(value: unknown): value is AbortedError {
    return hasCode(value, "aborted");
  }
}

/** A successful answer that lacks a field, has one of the wrong type, is no JSON, or is longer than 256 MiB. */
export class ResponseShapeError extends VultrInferenceError {
  readonly code = "response_shape";
  static override isInstance(value: unknown): value is ResponseShapeError {
    return hasCode(value, "response_shape");
  }
}

/** A stream that stopped before its end. What had come until then is kept in `partial`. */
export class StreamInterruptedError extends VultrInferenceError {
  readonly code = "stream_interrupted";
  /** The completion as far as it had come. */
  readonly partial: unknown;
  constructor(message: string, facts: ErrorFacts & { readonly partial: unknown }) {
    super(message, facts);
    this.partial = facts.partial;
  }
  static override isInstance(value: unknown): value is StreamInterruptedError {
    return hasCode(value, "stream_interrupted");
  }
}

/** Every kind of error: `switch (error.code)` narrows it. */
export type AnyVultrInferenceError =
  | UsageError
  | AuthenticationError
  | NotFoundError
  | DuplicateNameError
  | ValidationError
  | ContentTooLongError
  | RateLimitError
  | ServerError
  | BaseUrlError
  | ConnectionError
  | TimeoutError
  | AbortedError
  | ResponseShapeError
  | StreamInterruptedError;

/** The stable words for the kinds of error. */
export type ErrorCode = AnyVultrInferenceError["code"];
