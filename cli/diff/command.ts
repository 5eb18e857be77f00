import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { Command, Option } from "commander";
import { clean } from "../../provider/client/http/words.js";
import { findEngine } from "../engine.js";
import { tellGitHub, type Annotation } from "../github.js";
import { interruptible } from "../interruption.js";
import { outputs, writeOutputs, type Output } from "../output.js";
import { pc, plainColors } from "../terminal.js";
import { compare, problemsOf } from "./compare.js";
import { declaredBy, type Declared } from "./declared.js";
import { toMarkdown } from "./format/markdown.js";
import { toText } from "./format/text.js";
import { isUnchanged } from "./format/words.js";
import { checkOut, findBase, type Base } from "./git.js";
import { liveTests } from "./live.js";
import { exitCodeOf, type DiffReport, type Problem } from "./report.js";

const FORMATS = ["text", "json", "markdown"] as const;
type Format = (typeof FORMATS)[number];

interface Options {
  readonly cwd: string;
  readonly stack?: string;
  readonly format: Format;
  readonly output: readonly Output<Format>[];
  readonly live?: true;
}

const EXAMPLES = `
Examples:
  vultr-inference diff main                                what this branch does to the documents
  vultr-inference diff origin/main --stack prod --format markdown
  vultr-inference diff main --output diff.md --output json:diff.json
  vultr-inference diff main --live                         also ask the deployed stack's questions

Exit codes:
  0    compared; there may be differences
  1    an error, a deployment that would fail, or with --live a test that does not hold
  130  interrupted`;

/** `vultr-inference diff`: what a branch does to the documents of a stack. */
export function diffCommand(): Command {
  return new Command("diff")
    .description("tell what this branch does to the documents of a stack, without key or state; changes nothing")
    .argument("<base-ref>", "a branch, tag or commit; compared is with where this branch left it")
    .option("--cwd <folder>", "the stack's folder", ".")
    .option("-s, --stack <name>", "the stack whose configuration the program reads; default: PULUMI_STACK, else the only one that has a Pulumi.<name>.yaml")
    .addOption(new Option("--format <format>", "what is printed").choices(FORMATS).default("text"))
    .addOption(new Option("--output <file>", "also write a file: .txt, .json or .md, or <format>:<file>; may be repeated").argParser(outputs(FORMATS)).default([], "none"))
    .option("--live", "also run the retrieval tests of the deployed stack, which takes its state and the key")
    .addHelpText("after", EXAMPLES)
    .action(run);
}

async function run(ref: string, options: Options): Promise<void> {
  process.exitCode = await interruptible(async (signal) => {
    const report = await diff(ref, options, signal);
    process.stdout.write(options.format === "text" ? toText(report, pc) : written(report, options.format));
    writeOutputs(options.output, (format) => written(report, format));
    tellGitHub(annotationsOf(report), toMarkdown(report));
    return exitCodeOf(report);
  });
}

async function diff(ref: string, { cwd, stack, live }: Options, signal: AbortSignal): Promise<DiffReport> {
  const folder = resolve(cwd);
  const base = await findBase(folder, ref);
  const scratch = mkdtempSync(join(tmpdir(), "vultr-inference-diff-"));
  // Also where the process ends at once.
  const remove = (): void => rmSync(scratch, { recursive: true, force: true });
  process.once("exit", remove);
  try {
    const engine = await findEngine();
    const name = [stack, process.env["PULUMI_STACK"], onlyStack(folder), "diff"].find((one) => one !== undefined && one !== "") ?? "";
    const then = await checkOut(base, folder, scratch);
    const [before, after] = await Promise.all([
      declaredBy(engine, { folder: then, stack: name, scratch: join(scratch, "base"), signal }),
      declaredBy(engine, { folder, stack: name, scratch: join(scratch, "head"), signal }),
    ]);
    if (after === undefined) throw new Error(`There is no Pulumi.yaml in ${folder}. Run this in a stack's folder, or name it with --cwd.`);
    return await reported(base, before, after, live === true ? { cwd, ...(stack !== undefined && { stack }) } : undefined);
  } finally {
    process.off("exit", remove);
    remove();
  }
}

async function reported(base: Base, before: Declared | undefined, after: Declared, live: Parameters<typeof liveTests>[0] | undefined): Promise<DiffReport> {
  const urns = [...new Set([...after.outlines.keys(), ...(before?.outlines.keys() ?? [])])].sort();
  // Where a program did not run to its end, what it did not come to is not known, which is not the same as gone.
  const isWhole = before?.failure === undefined && after.failure === undefined;
  const known = isWhole ? urns : urns.filter((urn) => after.outlines.has(urn) && before?.outlines.has(urn));
  const resources = known.map((urn) => compare(urn, before?.outlines.get(urn), after.outlines.get(urn)));
  const problems: Problem[] = [
    ...failed(`The program at ${base.ref}`, before?.failure),
    ...failed("The program", after.failure),
    ...[...new Set([...(before?.unknown ?? []), ...after.unknown])].map((resource): Problem => ({ kind: "unknown", resource, message: "its source is known only while it is deployed." })),
    ...resources.flatMap(({ urn, resource, tokens }) => {
      const outline = after.outlines.get(urn);
      return outline === undefined ? [] : problemsOf(resource, tokens.toEmbed, before?.outlines.get(urn), outline);
    }),
  ];
  const tests = live === undefined ? undefined : await liveTests(live);
  const status = problems.length > 0 ? "failed" : resources.every(isUnchanged) ? "same" : "changed";
  return { version: 1, project: after.project, base: { ref: clean(base.ref), commit: base.commit }, status, resources, problems, ...(tests && { tests }) };
}

function failed(whose: string, failure: string | undefined): Problem[] {
  return failure === undefined ? [] : [{ kind: "program-failed", message: `${whose} could not be run: ${failure}` }];
}

/** The one stack whose settings lie in the folder. */
function onlyStack(folder: string): string | undefined {
  const names = readdirSync(folder).flatMap((name) => /^Pulumi\.(.+)\.yaml$/u.exec(name)?.[1] ?? []);
  return names.length === 1 ? names[0] : undefined;
}

function written(report: DiffReport, format: Format): string {
  if (format === "json") return `${JSON.stringify(report, undefined, 2)}\n`;
  return format === "markdown" ? toMarkdown(report) : toText(report, plainColors);
}

function annotationsOf({ problems, tests = [] }: DiffReport): Annotation[] {
  return [
    ...problems.map(({ resource, message }): Annotation => ({ level: "error", title: "A deployment would fail", message: resource === undefined ? message : `${resource}: ${message}` })),
    ...tests.filter(({ holds }) => !holds).map(({ message }): Annotation => ({ level: "error", title: "Retrieval", message })),
  ];
}
