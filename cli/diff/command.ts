import { Command, Option } from "commander";
import { visibleJson } from "../../provider/text/clean.js";
import { tellGitHub, type Annotation } from "../github.js";
import { interruptible } from "../interruption.js";
import { outputs, writeOutputs, type Output } from "../output.js";
import { busy, pc, plainColors } from "../terminal.js";
import { folderName } from "../folder-name.js";
import type { DiffOptions } from "./diff.js";
import { toMarkdown } from "./format/markdown.js";
import { toText } from "./format/text.js";
import { about } from "./format/words.js";
import { exitCodeOf, type DiffReport } from "./report.js";

const FORMATS = ["text", "json", "markdown"] as const;
type Format = (typeof FORMATS)[number];

interface Options extends Pick<DiffOptions, "cwd" | "stack" | "live"> {
  readonly format: Format;
  readonly output: readonly Output<Format>[];
}

const EXAMPLES = `
Examples:
  vultr-inference diff main                                what this branch does to the documents
  vultr-inference diff origin/main --stack prod --format markdown
  vultr-inference diff main --output diff.md --output json:diff.json
  vultr-inference diff main --live                         also ask the deployed stack this branch's questions

Exit codes:
  0    compared, whether or not anything differs, and with --live whatever the answers
  1    an error, or a deployment would fail: over tokenBudget or maxDeletePercent, unreadable documents
  130  interrupted`;

/** `vultr-inference diff`: what a branch does to the documents of a stack. */
export function diffCommand(): Command {
  return new Command("diff")
    .description("tell what this branch does to the documents of a stack, without key or state; changes nothing")
    .argument("<base-ref>", "a branch, tag or commit; compared is with where this branch left it")
    .option("--cwd <folder>", "the stack's folder", folderName, ".")
    .option(
      "-s, --stack <name>",
      "the stack whose configuration the program reads; default: PULUMI_STACK, else the only one that has a " +
        "Pulumi.<name>.yaml",
    )
    .addOption(new Option("--format <format>", "what is printed").choices(FORMATS).default("text"))
    .addOption(
      new Option("--output <file>", "also write a file: .txt, .json or .md, or <format>:<file>; may be repeated")
        .argParser(outputs(FORMATS))
        .default([], "none"),
    )
    .option(
      "--live",
      "also ask the deployed stack the questions of this branch's retrieval tests, which takes its state and the key",
    )
    .addHelpText("after", EXAMPLES)
    .action(run);
}

async function run(ref: string, { format, output, ...options }: Options): Promise<void> {
  process.exitCode = await interruptible(async (signal) => {
    const line = busy("Running both versions of the program …");
    const { diff } = await import("./diff.js");
    const report = await diff(ref, { ...options, signal }).finally(line.end);
    process.stdout.write(format === "text" ? toText(report, pc) : written(report, format));
    writeOutputs(output, (other) => written(report, other));
    tellGitHub(annotationsOf(report), toMarkdown(report));
    return exitCodeOf(report);
  }, "always");
}

function written(report: DiffReport, format: Format): string {
  if (format === "json") return `${visibleJson(report, 2)}\n`;
  return format === "markdown" ? toMarkdown(report) : toText(report, plainColors);
}

function annotationsOf({ problems, tests = [] }: DiffReport): Annotation[] {
  return [
    ...problems.map(
      ({ severity, resource, message }): Annotation => ({
        level: severity,
        title: "Documents",
        message: about(resource, message),
      }),
    ),
    ...tests
      .filter(({ holds }) => holds !== true)
      .map(
        ({ resource, holds, message }): Annotation => ({
          level: holds === undefined ? "error" : "warning",
          title: "Retrieval",
          message: about(resource, message),
        }),
      ),
  ];
}
