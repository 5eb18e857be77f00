import { createRequire } from "node:module";
import { join } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { isOffline } from "../provider/api/setting.js";

/** Where the engine starts its provider processes, too. A program may go elsewhere later. */
const FOLDER = process.cwd();

/**
 * Whether the engine finds this package: it looks for it by its name from the program's folder, whoever has loaded it.
 */
export function isReachableFrom(folder: string): boolean {
  try {
    createRequire(join(folder, "program.js")).resolve("pulumi-vultr-inference/provider");
    return true;
  } catch {
    return false;
  }
}

let isReachable: boolean | undefined;

/**
 * Refuses to declare a resource whose provider the engine would not find.
 *
 * @throws RunError where the program has the package by way of another one alone.
 */
export function requireReachable(label: string): void {
  // In a test with mocks, or a program that drives Pulumi itself, this is not where the engine looks.
  const isProgram = /[\\/]pulumi[\\/]cmd[\\/]run(?:[\\/]|$)/u.test(process.argv[1] ?? "");
  if (!isProgram || isOffline()) return;
  isReachable ??= isReachableFrom(FOLDER);
  if (isReachable) return;
  throw new pulumi.RunError(
    `${label}: the engine looks for the package pulumi-vultr-inference from the program's folder, ${FOLDER}, and ` +
      "does not find it there: it is installed for another package alone. " +
      "Add it to the dependencies in the package.json of the program, in the version that the other package has, " +
      "and install it.",
  );
}
