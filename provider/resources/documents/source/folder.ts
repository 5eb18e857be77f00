import { accessSync, closeSync, constants, fstatSync, openSync, readSync, realpathSync, statSync } from "node:fs";
import { resolve } from "node:path";
import { DocumentError } from "../extract/document-error.js";
import { requireSize } from "../extract/extract.js";
import { globProblems, globsOf } from "./globs.js";
import { nameProblem, quote, twins } from "./names.js";
import type { FolderSource } from "./source.js";
import { sorted, type SourceDocument, type SourceProblem } from "./source-document.js";
import { walk } from "./walk.js";

/**
 * The documents in a folder.
 *
 * @param property what the program calls the folder. @param globs what `include` and `exclude` belong to.
 */
export function listFolder(source: FolderSource, property: string, globs: string): { documents: SourceDocument[]; problems: SourceProblem[] } {
  const wrong = [...problemsOf(property, folderProblem(source.folder)), ...globProblems(source, globs)];
  if (wrong.length > 0) return { documents: [], problems: wrong };
  const root = realpathSync(resolve(source.folder));
  const { files, problems } = walk(root, globsOf(source));
  const names = files.map(({ name }) => name);
  const reasons = [
    ...problems,
    ...names.flatMap((name) => {
      const reason = nameProblem(name);
      return reason === undefined ? [] : [`has ${quote(name)}, which ${reason}`];
    }),
    ...twins(names).map(({ names: [one, other], by }) => `has ${quote(one)} and ${quote(other)}, which differ in ${by} alone, and so are one file on some machines: rename one of them`),
  ];
  const documents = files.map(({ name, path }) => ({ name: name.normalize("NFC"), bytes: () => read(path) }));
  return { documents: reasons.length === 0 ? sorted(documents) : [], problems: reasons.map((reason) => ({ property, reason })) };
}

function problemsOf(property: string, reason: string | undefined): SourceProblem[] {
  return reason === undefined ? [] : [{ property, reason }];
}

/** Why a path does not lead to a folder that can be listed. */
function folderProblem(path: string): string | undefined {
  if (path.trim() === "") return "is empty, but must be the path of a folder";
  try {
    if (!statSync(path).isDirectory()) return `"${path}" is a file, but must be a folder: to deploy one document, name its folder and set include`;
    accessSync(path, constants.R_OK | constants.X_OK);
    return undefined;
  } catch (error) {
    const code = codeOf(error);
    if (code === "ENOENT" || code === "ENOTDIR") return `"${path}" does not exist: relative paths count from the program's folder, ${process.cwd()}`;
    if (code === "ELOOP") return `"${path}" is a symbolic link that leads in a circle`;
    return `"${path}" ${unreadable(code)}`;
  }
}

function unreadable(code: string): string {
  return code === "EACCES" || code === "EPERM"
    ? "may not be read by the user who runs the deployment: change its permissions, or exclude it"
    : `cannot be read (${code})`;
}

/** At once: waiting for each file by itself takes ten times as long as reading it. */
function read(path: string): Uint8Array {
  let file: number | undefined;
  try {
    file = openSync(path, "r");
    const { size } = fstatSync(file);
    requireSize(size);
    const bytes = Buffer.allocUnsafe(size);
    let filled = 0;
    for (let more = -1; more !== 0 && filled < size; filled += more) more = readSync(file, bytes, filled, size - filled, null);
    return bytes.subarray(0, filled);
  } catch (error) {
    if (error instanceof DocumentError) throw error;
    const code = codeOf(error);
    throw new DocumentError(code === "ENOENT" ? 'is gone: it was there a moment ago. Run "pulumi up" again' : unreadable(code));
  } finally {
    if (file !== undefined) closeSync(file);
  }
}

const codeOf = (error: unknown): string => (error as NodeJS.ErrnoException).code ?? String(error);
