import { readdirSync, realpathSync, statSync, type Dirent } from "node:fs";
import { join, sep } from "node:path";
import { GitIgnore } from "./gitignore.js";
import type { Globs } from "./globs.js";
import { quote } from "./names.js";

/** A file in a folder. */
export interface FoundFile {
  /** Relative to the folder, with `/` between, as the disk spells it. */
  readonly name: string;
  readonly path: string;
}

/** What a walk through a folder found. */
export interface Found {
  /** Those that the globs take. */
  readonly files: FoundFile[];
  /** What is wrong, in words that follow the folder's property. */
  readonly problems: string[];
}

/**
 * Walks through a folder. Hidden files, `node_modules` and what git ignores are left out. Symbolic links are followed
 * within the folder, once all else is found, to what has not been found by another name.
 */
export function walk(root: string, globs: Globs): Found {
  const walker = new Walker(root, globs);
  walker.folder("", GitIgnore.around(root));
  walker.links();
  return { files: walker.files, problems: walker.problems };
}

class Walker {
  readonly files: FoundFile[] = [];
  readonly problems: string[] = [];
  readonly #seen = new Set<string>();
  readonly #links: { name: string; rules: GitIgnore }[] = [];

  constructor(
    private readonly root: string,
    private readonly globs: Globs,
  ) {}

  folder(name: string, rules: GitIgnore): void {
    const real = realpathSync(join(this.root, name));
    if (this.#seen.has(real)) return;
    this.#seen.add(real);
    for (const entry of this.#entries(name)) {
      if (entry.name.startsWith(".") || entry.name === "node_modules") continue;
      const child = name === "" ? entry.name : `${name}/${entry.name}`;
      if (this.globs.excludes(child.normalize("NFC"))) continue;
      if (entry.isSymbolicLink()) this.#links.push({ name: child, rules });
      else this.#visit(child, rules, entry);
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
      this.problems.push(`has the folder ${quote(name)}, which cannot be listed (${code}): change its permissions, or exclude it`);
      return [];
    }
  }

  #visit(name: string, rules: GitIgnore, kind: { isDirectory(): boolean; isFile(): boolean }): void {
    const path = join(this.root, name);
    if (rules.ignores(path, kind.isDirectory())) return;
    if (kind.isDirectory()) this.folder(name, rules.within(path));
    else if (kind.isFile() && this.globs.takes(name.normalize("NFC"))) {
      this.#seen.add(path);
      this.files.push({ name, path });
    }
  }

  #follow(name: string, rules: GitIgnore): void {
    const path = join(this.root, name);
    try {
      const real = realpathSync(path);
      const kind = statSync(real);
      if (!kind.isDirectory() && !this.globs.takes(name.normalize("NFC"))) return;
      if (!`${real}${sep}`.startsWith(this.root.endsWith(sep) ? this.root : `${this.root}${sep}`)) {
        this.problems.push(`has ${quote(name)}, a symbolic link that leads out of the folder: put the document itself there, or exclude it`);
      } else if (!this.#seen.has(real)) {
        if (kind.isFile()) this.#seen.add(real);
        this.#visit(name, rules, kind);
      }
    } catch {
      if (this.globs.takes(name.normalize("NFC"))) this.problems.push(`has ${quote(name)}, a symbolic link that leads nowhere: mend it, or exclude it`);
    }
  }
}
