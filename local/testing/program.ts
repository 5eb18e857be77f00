import { existsSync, readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { parse } from "yaml";
import { findProjectFile } from "../engine/project/project.js";
import type { InlineProgram } from "./hosted.js";

/** What stands in a `Pulumi.yaml`. */
export type ProjectFile = Readonly<Record<string, unknown>> & { readonly name: string };

/** The plugin's folder: above this file, or above its compiled form. */
const FOLDER =
  ["../../plugin", "../../../plugin"]
    .map((path) => join(__dirname, path))
    .find((path) => existsSync(join(path, "index.js"))) ?? "";

/** What a project says to have the plugin at hand. */
export const PLUGIN = { plugins: { providers: [{ name: "vultr-inference", path: FOLDER }] } };

/**
 * The project file for a program that is to run in another project folder: the user's own folder gets no test settings.
 *
 * @param program - a folder with a `Pulumi.yaml` in it or above, or a function.
 * @param name - of the project of a function.
 */
export function projectFor(program: string | InlineProgram, name: string): ProjectFile {
  // Providers look for their packages from there upwards.
  if (typeof program !== "string") return { name, runtime: "nodejs", main: process.cwd() };
  const file = findProjectFile(resolve(program));
  if (file === undefined) throw new Error(`testStack: there is no Pulumi.yaml in ${resolve(program)} or above`);
  const own = parse(readFileSync(file, "utf8")) as ProjectFile & { readonly main?: string };
  return { ...own, main: resolve(dirname(file), own.main ?? "."), backend: {} };
}
