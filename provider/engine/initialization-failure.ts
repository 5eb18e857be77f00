/**
 * Thrown by create or update when the object exists but is not as it should be. The engine keeps it in the state with
 * the reason, and the next `up` calls `update` to finish it.
 */
export class InitializationFailure<State> extends Error {
  override readonly name = "InitializationFailure";

  constructor(
    readonly id: string,
    readonly state: State,
    reason: string,
  ) {
    super(reason);
  }
}

/** Whether an error says that an object exists, and is kept. Also of another copy of this package. */
export function isInitializationFailure(error: unknown): error is InitializationFailure<object> {
  return error instanceof Error && error.name === "InitializationFailure";
}
