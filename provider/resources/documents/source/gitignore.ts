import { existsSync, realpathSync } from "node:fs";
import { dirname, join, relative, sep } from "node:path";
import ignore, { type Ignore } from "ignore";
import { openFile, readAll } from "../../../inputs/files/open.js";

interface Rules {
  readonly folder: string;
  readonly rules: Ignore;
}

/** The `.gitignore` files that hold for a folder's content, the innermost last. */
export class GitIgnore {
  private constructor(private readonly files: readonly Rules[]) {}

  /**
   * Of the folder and those around it up to the repository's root. Outer rules that ignore the folder itself do not
   * count: it was asked for by name.
   */
  static around(folder: string): GitIgnore {
    const outer: string[] = [];
    for (let at = folder; ; at = dirname(at)) {
      if (existsSync(join(at, ".git"))) {
        const around = outer
          .toReversed()
          .reduce((sum: GitIgnore, next) => sum.within(next), new GitIgnore(rulesOf(at)));
        return at !== folder && around.ignores(folder, true) ? new GitIgnore(rulesOf(folder)) : around;
      }
      outer.push(at);
      if (dirname(at) === at) return new GitIgnore(rulesOf(folder));
    }
  }

  /** With what a folder within says itself. */
  within(folder: string): GitIgnore {
    const more = rulesOf(folder);
    return more.length === 0 ? this : new GitIgnore([...this.files, ...more]);
  }

  /** Whether a path is ignored: what an inner file says goes before what an outer one does. */
  ignores(path: string, isFolder: boolean): boolean {
    for (const { folder, rules } of this.files.toReversed()) {
      const name = relative(folder, path).split(sep).join("/");
      if (name === "") continue;
      const { ignored, unignored } = rules.test(isFolder ? `${name}/` : name);
      if (ignored || unignored) return ignored;
    }
    return false;
  }
}

function rulesOf(folder: string): Rules[] {
  try {
    // As git does, it reads none that is a link.
    const file = openFile(join(realpathSync(folder), ".gitignore"));
    try {
      return [{ folder, rules: ignore({ ignorecase: false }).add(Buffer.from(readAll(file)).toString("utf8")) }];
    } finally {
      file.close();
    }
  } catch {
    // There is none, or it is not for this user.
    return [];
  }
}
