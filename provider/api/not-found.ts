import { NotFoundError } from "../client/http/errors.js";

/** Waits for a request, and answers `undefined` where the API says that the object is not there. */
export async function unlessNotFound<T>(request: Promise<T>): Promise<T | undefined> {
  try {
    return await request;
  } catch (error) {
    if (NotFoundError.isInstance(error)) return undefined;
    throw error;
  }
}

/** What to do about a failure, as far as it is that something is missing; follows the error's message. */
export function missingAdvice(error: unknown): string {
  return NotFoundError.isInstance(error)
    ? ' If this stack has made it, and it was deleted since, run "pulumi up --refresh", which recreates it.'
    : "";
}
