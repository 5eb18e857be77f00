import type { z } from "zod";
import type { ErrorShape } from "./errors.js";
import type { Fault } from "./faults/fault.js";
import type { OperationId } from "./operation-id.js";

/** A request as an operation sees it. */
export interface Call {
  /** A segment of the path, decoded. */
  param(name: "id" | "itemid" | "fileid" | "model"): string;
  /** A parameter of the query. */
  query(name: string): string | undefined;
  /** The JSON body, checked. @throws ApiError 400, 413, 415 or 422. */
  json<T>(schema: z.ZodType<T>): Promise<T>;
  /** The one part named `name` of a multipart body. @throws ApiError 400, 413, 415 or 422. */
  upload(name: string): Promise<Upload>;
  /** The fault this request meets; most of it happens outside of the operation. */
  readonly fault: Fault | undefined;
  /** Aborts when the caller went away. */
  readonly signal: AbortSignal;
}

/** A file that came with a request. */
export interface Upload {
  readonly filename: string;
  readonly bytes: Uint8Array;
}

/** What an operation answers. */
export type Answer =
  | { readonly status: number; readonly json: unknown }
  | { readonly status: 204 }
  | { readonly status: number; readonly bytes: Uint8Array; readonly type: string }
  | { readonly status: number; readonly events: AsyncIterable<string> };

/** One operation: where it lives and what it does. */
export interface Operation {
  readonly id: OperationId;
  readonly method: "GET" | "POST" | "PATCH" | "DELETE";
  /** Below the base URL, with parameters as in the document: `/vector_store/{id}`. */
  readonly path: string;
  /** The body of its errors. Default `message`. */
  readonly errors?: ErrorShape;
  /** Answers without a key. */
  readonly open?: true;
  handle(call: Call): Answer | Promise<Answer>;
}
