/** A failure that the user can fix: printed as one sentence, without a stack trace. */
export class UserError extends Error {
  override readonly name = "UserError";

  constructor(
    message: string,
    /** The exit code of the command, as the Pulumi CLI chooses it. */
    readonly exitCode = 1,
  ) {
    super(message);
  }
}

/** The command failed and everything there is to say about it has been printed. */
export class ReportedFailure extends UserError {
  constructor(exitCode = 1) {
    super("", exitCode);
  }
}

/** Refuses by name what this engine does not do, before anything is changed. */
export function unsupported(what: string): UserError {
  return new UserError(`${what} is not supported by the local engine; use the Pulumi CLI`);
}

/** The message of whatever was thrown. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
