import { VultrInferenceError } from "./client/index.js";

/** Whether an error is the API's own word that the object is not there. */
export function isNotFound(error: unknown): boolean {
  return VultrInferenceError.isInstance(error) && error.status === 404;
}

/** Waits for a request, and answers `undefined` where the API says that the object is not there. */
export async function unlessNotFound<T>(request: Promise<T>): Promise<T | undefined> {
  try {
    return await request;
  } catch (error) {
    if (isNotFound(error)) return undefined;
    throw error;
  }
}
