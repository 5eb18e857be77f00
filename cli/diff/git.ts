import { execFile } from "node:child_process";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { basename } from "node:path/posix";
import { messageOf } from "../../provider/text/error-message.js";

/** A commit that the working tree is compared with. */
export interface Base {
  readonly ref: string;
  readonly commit: string;
  /** The repository's root, without symbolic links. */
  readonly root: string;
  /** The stack's folder within it; "" where that is the root. */
  readonly inside: string;
}

function git(
  cwd: string,
  args: readonly string[],
  options: { readonly env?: NodeJS.ProcessEnv; readonly signal?: AbortSignal } = {},
): Promise<string> {
  return new Promise((done, failed) => {
    execFile("git", args, { cwd, maxBuffer: 256 * 1024 * 1024, ...options }, (error, stdout, stderr) => {
      if (error) failed(error.code === "ENOENT" ? new NoGit() : new Error(stderr.trim() || error.message));
      else done(stdout.replace(/\n$/u, ""));
    });
  });
}

class NoGit extends Error {
  constructor() {
    super("git is not installed, or not on PATH. Documents are compared with those of a commit, which takes git.");
  }
}

/**
 * Finds the commit at which the branch left the base, which is what a pull request is compared with.
 *
 * @throws Error where the folder is in no repository, or the commit is not there.
 */
export async function findBase(cwd: string, ref: string): Promise<Base> {
  const root = await git(cwd, ["rev-parse", "--show-toplevel"]).catch((error: unknown) => {
    throw error instanceof NoGit ? error : new Error(notInRepository(cwd, error));
  });
  const inside = (await git(cwd, ["rev-parse", "--show-prefix"])).replace(/\/$/u, "");
  const isShallow = (await git(cwd, ["rev-parse", "--is-shallow-repository"]).catch(() => "")) === "true";
  const tip = await git(cwd, ["rev-parse", "--verify", "--quiet", "--end-of-options", `${ref}^{commit}`]).catch(() => {
    throw new Error(
      `There is no commit "${ref}" here. ` +
        (isShallow
          ? SHALLOW
          : "Name a branch, a tag or a commit; a branch that was not checked out is origin/<branch>, after " +
            '"git fetch".'),
    );
  });
  const head = await git(cwd, ["rev-parse", "--verify", "--quiet", "HEAD^{commit}"]).catch(() => {
    throw new Error("Nothing is committed here yet, so there is nothing to compare with.");
  });
  const commit = await git(cwd, ["merge-base", tip, head]).catch(() => {
    throw new Error(
      `It cannot be told where this branch left "${ref}", since no commit is known that both come from. ` +
        (isShallow ? SHALLOW : "They have no history in common: name a commit that this branch comes from."),
    );
  });
  return { ref, commit, root, inside };
}

const SHALLOW =
  'This clone is shallow, it lacks most of the history. Fetch it with "git fetch --unshallow", or in CI check it ' +
  "out whole (actions/checkout: fetch-depth: 0; GitLab: GIT_DEPTH: 0). " +
  "Where HEAD is a pull request's merge commit, fetch-depth: 2 and HEAD^1 as the base do as well.";

function notInRepository(cwd: string, error: unknown): string {
  const said = messageOf(error);
  // Git refuses to read repositories of other users, which containers of CI have; it says itself what to do.
  return said.includes("dubious ownership")
    ? said
    : `${cwd} is in no git repository, so there is nothing to compare with.`;
}

/**
 * Writes a commit's files to a folder, by an index of its own: working tree, index and list of worktrees stay as they
 * are.
 *
 * @returns the root of the files.
 */
export async function checkOut({ root, commit }: Base, to: string, signal: AbortSignal): Promise<string> {
  const tree = join(to, "tree");
  mkdirSync(tree, { recursive: true });
  const options = { env: { ...process.env, GIT_INDEX_FILE: join(to, "index") }, signal };
  await git(root, ["read-tree", commit], options);
  await git(root, ["checkout-index", "--all", "--force", "--quiet", `--prefix=${tree}/`], options);
  // Rules of .gitignore hold up to the repository's root, and are looked for no further.
  mkdirSync(join(tree, ".git"), { recursive: true });
  return tree;
}

/** The folders of a commit that have a package.json. */
export async function packageFolders({ root, commit }: Base): Promise<string[]> {
  const names = (await git(root, ["ls-tree", "-r", "-z", "--name-only", "--full-tree", commit])).split("\0");
  return names
    .filter((name) => basename(name) === "package.json")
    .map((name) => name.slice(0, -"/package.json".length));
}
