import { Command, InvalidArgumentError, Option } from "commander";
import { visibleJson } from "../../provider/text/clean.js";
import { findEngine } from "../engine.js";
import { confirmed } from "../confirm.js";
import { interruptible } from "../interruption.js";
import { outputs, writeOutputs, type Output } from "../output.js";
import { openStack } from "../stack.js";
import { detectDrift, type DriftOptions } from "./detect.js";
import { fix } from "./fix.js";
import { pc, plainColors, progress } from "../terminal.js";
import { tellGitHub } from "../github.js";
import { folderName } from "../folder-name.js";
import { annotationsOf } from "./format/github.js";
import { toJunit } from "./format/junit.js";
import { toMarkdown } from "./format/markdown.js";
import { toText } from "./format/text.js";
import { exitCodeOf, type DriftReport } from "./report.js";

const FORMATS = ["text", "json", "markdown", "junit"] as const;
type Format = (typeof FORMATS)[number];

interface Options {
  readonly cwd: string;
  readonly stack?: string;
  readonly format: Format;
  readonly output: readonly Output<Format>[];
  readonly plan?: true;
  readonly retrieval?: true;
  readonly stuckMinutes: number;
  readonly fix?: true;
  readonly yes?: true;
}

const EXAMPLES = `
Examples:
  vultr-inference drift                                    the stack selected in this folder
  vultr-inference drift --stack prod --plan                also what is in git and not deployed
  vultr-inference drift --output drift.json --output junit:drift.xml
  vultr-inference drift --fix --yes                        fix it, in CI

Exit codes:
  0    no drift, and with --plan nothing to deploy
  7    drift, or with --plan something to deploy
  1    an error, or something could not be checked
  130  interrupted`;

/** `vultr-inference drift`: what is otherwise in the API than the stack says. */
export function driftCommand(): Command {
  return new Command("drift")
    .description("tell what differs in the API from what the stack has deployed; changes nothing unless told to --fix")
    .option("--cwd <folder>", "the stack's folder", folderName, ".")
    .option("-s, --stack <name>", "the stack; default: PULUMI_STACK, else the selected one")
    .addOption(new Option("--format <format>", "what is printed").choices(FORMATS).default("text"))
    .addOption(
      new Option("--output <file>", "also write a file: .txt, .json, .md or .xml, or <format>:<file>; may be repeated")
        .argParser(outputs(FORMATS))
        .default([], "none"),
    )
    .option("--plan", "also tell what an up would change although nothing drifted; runs the program")
    .option("--retrieval", "also ask the questions of the stack's retrieval tests")
    .option("--stuck-minutes <minutes>", "how long a file may be in ingestion", minutes, 60)
    .option("--fix", "show the up that fixes the drift, and run it")
    .option("--yes", "with --fix: do not ask")
    .addHelpText("after", EXAMPLES)
    .action(run);
}

function minutes(text: string): number {
  const value = Number(text);
  if (text.trim() !== "" && value >= 0) return value;
  throw new InvalidArgumentError("It must be a number of minutes.");
}

async function run(options: Options): Promise<void> {
  process.exitCode = await interruptible(async (signal) => {
    const stack = await openStack(await findEngine(), options);
    const { plan = false, retrieval = false, stuckMinutes } = options;
    const look = async (): Promise<DriftReport> => {
      const line = progress("resources compared");
      const wanted: DriftOptions = { plan, retrieval, stuckMinutes, signal, onProgress: line.show };
      return detectDrift(stack, wanted).finally(line.end);
    };
    const report = await look();
    const isToMend = options.fix === true && !signal.aborted && report.status === "drift";
    if (!isToMend) return publish(report, options);
    process.stderr.write(toText(report, pc));
    const fixed = await fix(stack, {
      signal,
      confirm: () => confirmed(options.yes === true, "Run this up?", "--fix asks before it changes anything"),
    });
    return publish(fixed ? await look() : report, options);
  });
}

function publish(report: DriftReport, { format, output }: Options): number {
  process.stdout.write(format === "text" ? toText(report, pc) : written(report, format));
  writeOutputs(output, (other) => written(report, other));
  tellGitHub(annotationsOf(report), toMarkdown(report));
  return exitCodeOf(report);
}

function written(report: DriftReport, format: Format): string {
  switch (format) {
    case "text":
      return toText(report, plainColors);
    case "json":
      return `${visibleJson(report, 2)}\n`;
    case "markdown":
      return toMarkdown(report);
    case "junit":
      return toJunit(report);
  }
}
