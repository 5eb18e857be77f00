import { execFile } from "node:child_process";
import { existsSync, mkdirSync, symlinkSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";

/** A commit that the working tree is compared with. */
export interface Base {
  readonly ref: string;
  readonly commit: string;
  /** The repository's root, as git names it. */
  readonly root: string;
}

function git(cwd: string, args: readonly string[], env: NodeJS.ProcessEnv = process.env): Promise<string> {
  return new Promise((done, failed) => {
    execFile("git", args, { cwd, env, maxBuffer: 64 * 1024 * 1024 }, (error, stdout, stderr) => {
      if (error) failed(error.code === "ENOENT" ? new Error("git is not installed, or not on PATH.") : new Error(stderr.trim() || error.message));
      else done(stdout.trim());
    });
  });
}

/**
 * Finds the commit at which the branch left the base, which is what a pull request is compared with; the base itself where
 * the clone is too shallow to tell.
 *
 * @throws Error where the folder is in no repository, or the ref is not there.
 */
export async function findBase(cwd: string, ref: string): Promise<Base> {
  const root = await git(cwd, ["rev-parse", "--show-toplevel"]).catch((error: unknown) => {
    throw error instanceof Error && error.message.startsWith("git is not") ? error : new Error(`${cwd} is in no git repository, so there is nothing to compare with.`);
  });
  const tip = await git(cwd, ["rev-parse", "--verify", "--quiet", "--end-of-options", `${ref}^{commit}`]).catch(async () => {
    const isShallow = (await git(cwd, ["rev-parse", "--is-shallow-repository"]).catch(() => "")) === "true";
    throw new Error(
      `There is no commit "${ref}" here. ` +
        (isShallow
          ? `This clone is shallow: fetch the base first, as in "git fetch --depth=1 origin <branch>" and then origin/<branch> or FETCH_HEAD, or check out everything (fetch-depth: 0).`
          : `Name a branch, a tag or a commit; a branch that was not checked out is origin/<branch>, after "git fetch".`),
    );
  });
  const fork = await git(cwd, ["merge-base", tip, "HEAD"]).catch(() => tip);
  return { ref, commit: fork, root };
}

/**
 * Writes a commit's files to a folder, without touching the working tree, the index or the list of worktrees. Installed
 * packages are those of the working tree.
 *
 * @returns the folder within it that corresponds to `cwd`.
 */
export async function checkOut({ root, commit }: Base, cwd: string, to: string): Promise<string> {
  const tree = join(to, "tree");
  mkdirSync(tree, { recursive: true });
  const env = { ...process.env, GIT_INDEX_FILE: join(to, "index") };
  await git(root, ["read-tree", commit], env);
  await git(root, ["checkout-index", "--all", "--force", `--prefix=${tree}/`], env);
  // Rules of .gitignore hold up to the repository's root, and are looked for no further.
  mkdirSync(join(tree, ".git"), { recursive: true });
  const inside = await git(cwd, ["rev-parse", "--show-prefix"]);
  for (let folder = resolve(root, inside); ; folder = dirname(folder)) {
    const [there, here] = [join(folder, "node_modules"), join(tree, relative(root, folder), "node_modules")];
    if (existsSync(there) && !existsSync(here) && existsSync(dirname(here))) symlinkSync(there, here);
    if (folder === root || dirname(folder) === folder) break;
  }
  return join(tree, inside);
}
