import { mkdtempSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { clean } from "../../provider/text/clean.js";
import { findEngine } from "../engine.js";
import { openStack } from "../stack.js";
import { isUnchanged } from "./format/words.js";
import { checkOut, findBase, packageFolders } from "./git.js";
import { liveTests } from "./live.js";
import { linkPackages } from "./packages.js";
import { configOf, readStackFolder, settingsFile, stacksIn, type StackFolder } from "./program/project.js";
import { declarationsOf } from "./program/run.js";
import { comparePrograms, sourcesOutside } from "./programs.js";
import type { Version } from "./version.js";
import type { DiffReport, Problem } from "./report.js";

/** What is compared. */
export interface DiffOptions {
  readonly cwd: string;
  /** Default: PULUMI_STACK, else the only one that has settings in the folder. */
  readonly stack?: string;
  /** Also ask the deployed stack the questions of the branch. */
  readonly live?: boolean;
  readonly signal: AbortSignal;
}

/**
 * Compares what the program of a stack's folder declares as documents with what it did at another commit.
 *
 * @throws Error where there is nothing to compare with.
 */
export async function diff(ref: string, { cwd, stack, live = false, signal }: DiffOptions): Promise<DiffReport> {
  const folder = resolve(cwd);
  const nothing = new Error(
    `There is no Pulumi.yaml in ${folder}. Run this in a stack's folder, or name it with --cwd.`,
  );
  if (readStackFolder(folder) === undefined) throw nothing;
  const base = await findBase(folder, ref);
  // As git names it, without symbolic links: paths of both versions are compared.
  const here = readStackFolder(join(base.root, base.inside));
  if (here === undefined) throw nothing;
  const name = stack ?? chosenStack(here);
  const deployed = live
    ? await openStack(await findEngine(), { cwd, ...(stack !== undefined && { stack }) })
    : undefined;
  const scratch = realpathSync(mkdtempSync(join(tmpdir(), "vultr-inference-diff-")));
  // Also where the process ends at once.
  const remove = (): void => rmSync(scratch, { recursive: true, force: true });
  process.once("exit", remove);
  try {
    const tree = await checkOut(base, scratch, signal);
    linkPackages(base.root, tree, await packageFolders(base), base.inside);
    const there = readStackFolder(join(tree, base.inside));
    const settings = settingsFile(here, name);
    const [before, after] = await Promise.all([
      // Settings that are nobody else's are not in git: they count for both.
      there &&
        versionOf(there, {
          label: `The program at ${clean(ref)}`,
          root: tree,
          stack: name,
          settings: settingsFile(there, name) ?? settings,
          signal,
        }),
      versionOf(here, { label: "The program", root: base.root, stack: name, settings, signal }),
    ]);
    signal.throwIfAborted();
    const compared = await comparePrograms(before, after);
    const problems = [
      ...compared.problems,
      ...sourcesOutside(after),
      ...notAsked(before, after),
      ...withoutSettings(here, name),
    ];
    const tests = deployed && (await liveTests(deployed, before, after));
    const status = statusOf(problems, compared.resources.every(isUnchanged) && compared.others.length === 0);
    return {
      version: 1,
      project: here.project.name,
      stack: name,
      base: { ref: clean(ref), commit: base.commit },
      status,
      ...compared,
      problems,
      ...(tests && { tests }),
    };
  } finally {
    process.off("exit", remove);
    remove();
  }
}

interface Run {
  readonly label: string;
  readonly root: string;
  readonly stack: string;
  readonly settings: string | undefined;
  readonly signal: AbortSignal;
}

async function versionOf(folder: StackFolder, { label, root, stack, settings, signal }: Run): Promise<Version> {
  const declared = await declarationsOf(folder, { stack, config: configOf(folder, settings), signal });
  return { ...declared, label, root, workDir: folder.project.workDir };
}

/** The stack that is meant where none is named. Of several, whose settings differ, none is. */
function chosenStack(folder: StackFolder): string {
  const named = process.env["PULUMI_STACK"];
  if (named !== undefined && named !== "") return named;
  const [only = "dev", ...others] = stacksIn(folder);
  if (others.length === 0) return only;
  throw new Error(
    `Several stacks have settings here (${[only, ...others].join(", ")}): name with --stack the one whose ` +
      "configuration the program is to read.",
  );
}

function statusOf(problems: readonly Problem[], isSame: boolean): DiffReport["status"] {
  if (problems.some(({ severity }) => severity === "error")) return "failed";
  if (!isSame) return "changed";
  return problems.some(({ kind }) => kind === "unknown" || kind === "unreadable") ? "unknown" : "same";
}

function notAsked(before: Version | undefined, after: Version): Problem[] {
  const all = [...new Set([...(before?.lookups ?? []), ...after.lookups])];
  if (all.length === 0) return [];
  return [
    {
      kind: "not-asked",
      severity: "warning",
      message: clean(
        `The program looks things up with other providers, which were not asked: ${all.join(", ")}. What hangs ` +
          "on the answers may differ.",
      ),
    },
  ];
}

function withoutSettings(folder: StackFolder, stack: string): Problem[] {
  const others = stacksIn(folder);
  if (others.length === 0 || settingsFile(folder, stack) !== undefined) return [];
  return [
    {
      kind: "not-asked",
      severity: "warning",
      message: clean(
        `The stack "${stack}" has no settings here, so the program was run without; these have: ${others.join(", ")}.`,
      ),
    },
  ];
}
