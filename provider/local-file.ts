import { createHash } from "node:crypto";
import { accessSync, constants, createReadStream, statSync } from "node:fs";
import { pipeline } from "node:stream/promises";

/**
 * Why a path does not lead to one readable file, in words that follow a property's name; nothing where it does.
 *
 * @param path Relative ones count from the working directory, which is the program's folder in both the program and its
 * provider.
 */
export function fileProblem(path: string): string | undefined {
  if (path === "") return "is empty, but must be the path of a file";
  try {
    const found = statSync(path);
    if (found.isDirectory()) return `"${path}" is a folder, but must be a file: declare a File for each file in it`;
    if (!found.isFile()) return `"${path}" is not a regular file`;
    accessSync(path, constants.R_OK);
    return undefined;
  } catch (error) {
    return explain(path, error);
  }
}

function explain(path: string, error: unknown): string {
  const { code = String(error) } = error as NodeJS.ErrnoException;
  switch (code) {
    case "ENOENT":
    case "ENOTDIR":
      return `"${path}" does not exist: relative paths count from the program's folder, ${process.cwd()}`;
    case "ELOOP":
      return `"${path}" is a symbolic link that leads in a circle`;
    case "EACCES":
    case "EPERM":
      return `"${path}" may not be read by the user who runs the deployment: change its permissions`;
    default:
      return `"${path}" cannot be read (${code})`;
  }
}

/** SHA-256 of a file's bytes, in lower-case hexadecimal, read piece by piece. */
export async function hashOfFile(path: string): Promise<string> {
  const hash = createHash("sha256");
  await pipeline(createReadStream(path), hash);
  return hash.digest("hex");
}

/** Stands in for something that a program gave for a file, and that the engine would try to load before it is checked. */
export interface Refused {
  /** What it is, e.g. `a RemoteAsset`. */
  readonly refused: string;
}
