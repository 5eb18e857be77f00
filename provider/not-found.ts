import { NotFoundError } from "./client/index.js";

/** Waits for a request, and answers `undefined` where the API says that the object is not there. */
export async function unlessNotFound<T>(request: Promise<T>): Promise<T | undefined> {
  try {
    return await request;
  } catch (error) {
    if (NotFoundError.isInstance(error)) return undefined;
    throw error;
  }
}
