import { existsSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

const SHOWN = 5;

/**
 * Writes all files of a stack, or none.
 *
 * @throws Error where one is there already, unless it may be written over, and where one cannot be written.
 */
export function writeFiles(folder: string, files: ReadonlyMap<string, string>, mayOverwrite: boolean): void {
  const there = [...files.keys()].filter((name) => existsSync(join(folder, name)));
  if (there.length > 0 && !mayOverwrite) {
    const more = there.length > SHOWN ? ` and ${there.length - SHOWN} more` : "";
    throw new Error(
      `${folder} has ${there.slice(0, SHOWN).join(", ")}${more} already, and nothing was written. Name another ` +
        "folder with --out, or write over them with --force.",
    );
  }
  const made: string[] = [];
  try {
    for (const [name, text] of files) {
      const path = join(folder, name);
      makeFolder(dirname(path), made);
      if (!existsSync(path)) made.push(path);
      writeFileSync(path, text);
    }
  } catch (error) {
    for (const path of made.reverse()) rmSync(path, { recursive: true, force: true });
    const { code = "" } = error as NodeJS.ErrnoException;
    throw new Error(
      `The stack cannot be written to ${folder} (${code}). What was new of it is taken away again. Name another ` +
        "folder with --out.",
    );
  }
}

/**
 * Makes a folder with those that it is in, and notes what it makes. The recursive mode of Node.js does not end in a
 * folder such as /proc, where nothing can be made.
 */
function makeFolder(folder: string, made: string[]): void {
  if (existsSync(folder)) return;
  makeFolder(dirname(folder), made);
  mkdirSync(folder);
  made.push(folder);
}
