import type { z } from "zod";

/** Which of the API's two error bodies an operation answers with. */
export type ErrorShape = "message" | "error";

/** A refusal that knows its status and its body on the wire. */
export class ApiError extends Error {
  constructor(
    readonly status: number,
    message: string,
    readonly headers: Record<string, string> = {},
  ) {
    super(message);
  }

  /** The body: `{ message }`, or `{ error: { code, message, type, metadata } }` for the chat operations. */
  body(shape: ErrorShape): unknown {
    if (shape === "message") return { message: this.message };
    const type = this.status < 500 ? "invalid_request_error" : "server_error";
    return { error: { code: this.status, message: this.message, type, metadata: {} } };
  }
}

/** For a collection id that the subscription does not have. */
export const collectionNotFound = (status: 404 | 422): ApiError => new ApiError(status, "Collection not found");

/** 422 for a collection whose name, or whose id that is made of it, is taken. */
export const duplicateName = (): ApiError =>
  new ApiError(422, "Duplicate collection name found, please provide a unique name");

/** 422 for a model or a voice that is not in its list. */
export const unknownName = (field: "model" | "voice", name: string): ApiError =>
  new ApiError(422, `${field}: "${name.slice(0, 100)}" is not available; the list names those that are`);

/** 404 for anything else. */
export const notFound = (): ApiError => new ApiError(404, "Not found");

/** 422 for a text that the embedding model does not take. */
export const sequenceTooLong = (tokens: number, limit: number): ApiError =>
  new ApiError(422, `Maximum sequence length exceeded: ${tokens} tokens, at most ${limit}`);

/** 422 that names every field that is missing, of the wrong type or out of range. */
export function invalidBody(error: z.ZodError): ApiError {
  const sentences = error.issues.map(({ path, message }) =>
    path.length === 0 ? message : `${path.join(".")}: ${message}`,
  );
  return new ApiError(422, sentences.join("; "));
}
