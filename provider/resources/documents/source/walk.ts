import { readdirSync, realpathSync, statSync, type Dirent } from "node:fs";
import { join } from "node:path";
import { isWithin } from "../../../inputs/files/boundary.js";
import { GitIgnore } from "./gitignore.js";
import { isReadable, type Globs } from "./globs.js";

/** A file in a folder. */
export interface FoundFile {
  /** Relative to the folder, with `/` between, as the disk spells it. */
  readonly name: string;
  /** Its path without links. */
  readonly real: string;
}

/** Something wrong with what is in a folder. */
export interface FoundProblem {
  readonly name: string;
  /** Goes on from `which`. */
  readonly reason: string;
}

/** What a walk through a folder found. */
export interface Found {
  /** Those that the globs take. */
  readonly files: FoundFile[];
  readonly problems: FoundProblem[];
  /** The names of those that the globs take, but that are of no kind that is read. */
  readonly others: string[];
}

/**
 * Walks through a folder. Hidden files, `node_modules` and what git ignores are left out. Symbolic links are followed
 * once all else is found, to what has not been found by another name.
 *
 * @param root without links. @param boundary links may lead to what is in this folder; anywhere where there is none.
 */
export function walk(root: string, globs: Globs, boundary: string | undefined): Found {
  const walker = new Walker(root, globs, boundary);
  walker.folder("", root, GitIgnore.around(root));
  walker.links();
  return { files: walker.files, problems: walker.problems, others: walker.others };
}

class Walker {
  readonly files: FoundFile[] = [];
  readonly problems: FoundProblem[] = [];
  readonly others: string[] = [];
  readonly #seen = new Set<string>();
  readonly #links: { name: string; rules: GitIgnore }[] = [];

  constructor(
    private readonly root: string,
    private readonly globs: Globs,
    private readonly boundary: string | undefined,
  ) {}

  /** @param real its path without links. */
  folder(name: string, real: string, rules: GitIgnore): void {
    if (this.#seen.has(real)) return;
    this.#seen.add(real);
    for (const entry of this.#entries(name)) {
      if (entry.name.startsWith(".") || entry.name === "node_modules") continue;
      const child = name === "" ? entry.name : `${name}/${entry.name}`;
      if (this.globs.excludes(child.normalize("NFC"))) continue;
      if (entry.isSymbolicLink()) this.#links.push({ name: child, rules });
      else this.#visit(child, join(real, entry.name), rules, entry);
    }
  }

  /** Links that are met on the way through linked folders are at the end of the same list. */
  links(): void {
    for (const { name, rules } of this.#links) {
      if (!rules.ignores(join(this.root, name), false)) this.#follow(name, rules);
    }
  }

  #entries(name: string): Dirent[] {
    try {
      return readdirSync(join(this.root, name), { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
    } catch (error) {
      const { code = "" } = error as NodeJS.ErrnoException;
      this.problems.push({
        name: `${name}/`,
        reason: `cannot be listed (${code}): change its permissions, or exclude it`,
      });
      return [];
    }
  }

  #visit(name: string, real: string, rules: GitIgnore, kind: { isDirectory(): boolean; isFile(): boolean }): void {
    const path = join(this.root, name);
    if (rules.ignores(path, kind.isDirectory())) return;
    if (kind.isDirectory()) this.folder(name, real, rules.within(path));
    else if (kind.isFile() && this.globs.includes(name.normalize("NFC"))) {
      if (!isReadable(name)) {
        this.others.push(name);
        return;
      }
      this.#seen.add(real);
      this.files.push({ name, real });
    }
  }

  #takes(name: string): boolean {
    return isReadable(name) && this.globs.includes(name.normalize("NFC"));
  }

  #follow(name: string, rules: GitIgnore): void {
    const path = join(this.root, name);
    try {
      const real = realpathSync(path);
      const kind = statSync(real);
      if (!kind.isDirectory() && !this.#takes(name)) return;
      if (this.boundary !== undefined && !isWithin(this.boundary, real)) {
        this.problems.push({
          name,
          reason:
            "is a symbolic link to a place outside the repository: put the document itself into the repository, exclude it, or " +
            "set followLinks: true",
        });
      } else if (!this.#seen.has(real)) {
        if (kind.isFile()) this.#seen.add(real);
        this.#visit(name, real, rules, kind);
      }
    } catch {
      if (this.#takes(name)) this.problems.push({ name, reason: "is a broken symbolic link: fix it, or exclude it" });
    }
  }
}
