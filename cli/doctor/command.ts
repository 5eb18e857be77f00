import { writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { Command, Option } from "commander";
import type { Configuration } from "../../provider/api/configuration.js";
import { clean, visibleJson } from "../../provider/text/clean.js";
import { confirmed } from "../confirm.js";
import { interruptible } from "../interruption.js";
import { table } from "../table.js";
import { pc, progress } from "../terminal.js";
import { folderName } from "../folder-name.js";
import { account } from "./account.js";
import { ASSUMPTIONS, profileOf, type AssumptionName, type Seen } from "./assumptions.js";
import { configuration, settingsOf, versions } from "./environment.js";
import { reportOf, toText } from "./findings.js";
import { COST, probe } from "./probe.js";
import { asker } from "./wire.js";

interface Options {
  readonly cwd: string;
  readonly stack?: string;
  readonly format: "text" | "json";
  readonly probe?: true;
  readonly yes?: true;
  readonly out?: string;
}

const EXAMPLES = `
Examples:
  vultr-inference doctor                          what is used, whether it works, and what to do where it does not
  vultr-inference doctor --format json            the same, for an issue
  vultr-inference doctor --probe                  whether the API still behaves as this package assumes
  vultr-inference doctor --probe --out profile.json
                                                  then: vultr-inference emulator --like profile.json

Without --probe nothing is changed. In a stack's folder its configuration counts, elsewhere the environment.

Exit codes:
  0    all is well, warnings aside
  1    something does not work; with --probe, or the API behaves otherwise
  130  interrupted; what the probe had made was deleted`;

/** `vultr-inference doctor`: what is used, and whether it works. */
export function doctorCommand(): Command {
  return new Command("doctor")
    .description("check key, address, models, collections and versions; changes nothing unless told to --probe")
    .option("--cwd <folder>", "the stack's folder", folderName, ".")
    .option("-s, --stack <name>", "the stack; default: PULUMI_STACK, else the selected one")
    .addOption(new Option("--format <format>", "what is printed").choices(["text", "json"]).default("text"))
    .option("--probe", "try the assumptions about the API with a collection of its own, and delete that")
    .option("--yes", "with --probe: do not ask")
    .option("--out <file>", "with --probe: write what was seen, for emulator --like")
    .addHelpText("after", EXAMPLES)
    .action(run);
}

async function run(options: Options): Promise<void> {
  process.exitCode = await interruptible(async (signal) => {
    const { config, findings: ofStack } = await configuration(options.cwd, options.stack);
    const { settings, findings: ofSettings } = settingsOf(config);
    if (options.probe === true) return tryAssumptions(settings, ofSettings[0]?.advice, options, signal);
    const report = reportOf([
      ...(await versions(options.cwd)),
      ...ofStack,
      ...ofSettings,
      ...(settings ? await account(settings) : []),
    ]);
    process.stdout.write(options.format === "json" ? `${visibleJson(report, 2)}\n` : toText(report, pc));
    return report.status === "problem" ? 1 : 0;
  }, "always");
}

async function tryAssumptions(
  settings: Configuration | undefined,
  problem: string | undefined,
  { format, yes, out }: Options,
  signal: AbortSignal,
): Promise<number> {
  if (settings === undefined) throw new Error(problem);
  process.stderr.write(
    `This makes up to four collections named vi-probe-… at ${new URL(settings.baseUrl).origin} and deletes them. ` +
      `It uses ${COST}.\n`,
  );
  if (!(await confirmed(yes === true, "Go on?", "--probe asks before it makes anything"))) return 0;
  const line = progress("steps of the probe");
  const {
    seen,
    left,
    problem: stopped,
  } = await probe(
    asker(settings, signal),
    asker(settings),
    (milliseconds) => sleep(milliseconds, undefined, { signal }),
    line.show,
  ).finally(line.end);
  const rows = rowsOf(seen);
  process.stdout.write(format === "json" ? `${visibleJson({ version: 1, assumptions: rows }, 2)}\n` : textOf(rows));
  for (const id of left)
    process.stderr.write(`The collection "${clean(id)}" could not be deleted. Delete it by hand, or run this again.\n`);
  if (stopped !== undefined) throw new Error(`The probe did not come to its end: ${stopped}`);
  if (out !== undefined) {
    writeFileSync(resolve(out), `${JSON.stringify(profileOf(seen), undefined, 2)}\n`);
    process.stderr.write(`Wrote ${out}.\n`);
  }
  return rows.every(({ same }) => same !== false) ? 0 : 1;
}

interface Row {
  readonly assumption: string;
  readonly expected: string;
  /** Not there where it could not be looked at. */
  readonly seen?: string;
  readonly same?: boolean;
}

function rowsOf(seen: Seen): Row[] {
  return (Object.keys(ASSUMPTIONS) as AssumptionName[]).map((name) => {
    const { about, expected } = ASSUMPTIONS[name];
    const found = seen[name];
    return { assumption: about, expected, ...(found !== undefined && { seen: found, same: found === expected }) };
  });
}

function textOf(rows: readonly Row[]): string {
  const word = ({ same }: Row): string =>
    same === undefined ? pc.dim("not seen") : same ? pc.green("same") : pc.red("differs");
  const lines = table([
    ["ASSUMPTION", "EXPECTED", "SEEN", ""],
    ...rows.map((row) => [row.assumption, row.expected, clean(row.seen ?? "–"), word(row)]),
  ]);
  return `${lines.join("\n")}\n`;
}
