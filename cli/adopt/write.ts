import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

const SHOWN = 5;

/**
 * Writes all files of a stack, or none.
 *
 * @throws Error where one is there already, unless it may be written over.
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
  for (const [name, text] of files) {
    const path = join(folder, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  }
}
