import { errorCode } from "./error-code.js";

/** An optional part of the emulator is not installed: one sentence says what to do. */
export class MissingPartError extends Error {
  constructor(need: string, packages: readonly string[]) {
    super(`${need} needs ${packages.join(" and ")}: npm install ${packages.join(" ")}`);
    this.name = "MissingPartError";
  }
}

/** Loads an optional part on its first use; a missing package becomes a {@link MissingPartError}. */
export async function loadPart<T>(need: string, packages: readonly string[], load: () => Promise<T>): Promise<T> {
  try {
    return await load();
  } catch (error) {
    if (["MODULE_NOT_FOUND", "ERR_MODULE_NOT_FOUND"].includes(errorCode(error) ?? ""))
      throw new MissingPartError(need, packages);
    throw error;
  }
}
