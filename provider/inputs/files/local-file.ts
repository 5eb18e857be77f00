import { createHash } from "node:crypto";
import { accessSync, constants, statSync } from "node:fs";
import { boundaryAround, follow } from "./boundary.js";
import { openFile, chunks, type OpenFile } from "./open.js";

/** How a program's path is read. */
export interface PathRules {
  /** Whether links within the repository may lead out of it. */
  readonly followLinks?: boolean | undefined;
}

/**
 * Why a path does not lead to one readable file, in words that follow a property's name and do not repeat the path;
 * nothing where it does.
 *
 * @param path Relative ones count from the working directory, which is the program's folder in both the program and its
 * provider.
 */
export function fileProblem(path: string, rules: PathRules = {}): string | undefined {
  if (path === "") return "is empty, but must be the path of a file";
  try {
    const found = statSync(path);
    if (found.isDirectory()) return "is a folder, but must be a file: declare a File for each file in it";
    if (!found.isFile()) return "is not a regular file";
    accessSync(path, constants.R_OK);
    return linkProblem(path, rules);
  } catch (error) {
    return explain(error);
  }
}

/**
 * Why a path may not be read, though something is at its end.
 *
 * @param base the folder from which relative paths count.
 */
export function linkProblem(path: string, { followLinks }: PathRules, base = "."): string | undefined {
  if (followLinks === true || !follow(path, base, boundaryAround(base)).leadsOut) return undefined;
  return "points outside the repository through a symbolic link: move its target into the repository, or set followLinks: true";
}

/** Why something cannot be read, in words that follow a property's name. */
export function explain(error: unknown): string {
  const { code = String(error) } = error as NodeJS.ErrnoException;
  switch (code) {
    case "ENOENT":
    case "ENOTDIR":
      return `does not exist: relative paths count from the program's folder, ${process.cwd()}`;
    case "ELOOP":
      return "is a circular symbolic link";
    case "EACCES":
    case "EPERM":
      return "may not be read by the user who runs the deployment: change its permissions";
    case "ENOTTHAT":
      return "was replaced by another file while it was being read, or no regular file: run the deployment again";
    default:
      return `cannot be read (${code})`;
  }
}

/**
 * Opens the file that a program's path leads to.
 *
 * @throws Error whose message follows a property's name.
 */
export function openLocal(path: string, rules: PathRules): OpenFile {
  const problem = fileProblem(path, rules);
  if (problem !== undefined) throw new Error(problem);
  try {
    return openFile(follow(path, ".", boundaryAround(".")).real ?? path);
  } catch (error) {
    throw new Error(explain(error), { cause: error });
  }
}

/** SHA-256 of an open file's bytes, in lower-case hexadecimal, read chunk by chunk. */
export async function hashOf(file: OpenFile): Promise<string> {
  const hash = createHash("sha256");
  for await (const chunk of chunks(file)) hash.update(chunk);
  return hash.digest("hex");
}

/** Stands in for something that a program gave for a document, and that the engine would load before it is checked. */
export type Refused =
  /** What it is, e.g. `a RemoteAsset`. */
  | { readonly kind: string }
  /** Why it cannot be, or may not be, read, in words that follow the property's name. */
  | { readonly problem: string };
