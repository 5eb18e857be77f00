import { createRequire } from "node:module";
import { UserError } from "../errors.js";

/** The version of the CLI whose formats and behaviour this engine follows. */
export const CLI_VERSION = "v3.248.0";

interface Semver {
  satisfies(version: string, range: string): boolean;
  validRange(range: string): string | null;
}

/**
 * Refuses a project or a program that was made for other versions of the CLI.
 *
 * @param range - such as `>=3.0.0 <4.0.0`; "" for any.
 */
export function requireVersion(range: string): void {
  if (range === "") return;
  const semver = createRequire(require.resolve("@pulumi/pulumi/package.json"))("semver") as Semver;
  const version = CLI_VERSION.slice(1);
  if (semver.validRange(range) === null) throw new UserError(`parsing CLI version range "${range}": expected one like ">=3.0.0"`);
  if (!semver.satisfies(version, range)) throw new UserError(`Pulumi CLI version ${version} does not satisfy the version range "${range}"`);
}
