import { mkdirSync } from "node:fs";
import { join } from "node:path";
import type { OutputMap, Stack } from "@pulumi/pulumi/automation";
import pc from "picocolors";
import { printAnswers, type Answer } from "./answers.js";
import { chooseApi, type Api } from "./api.js";
import { createProgress, summarize, type Counts } from "./progress.js";
import { explain } from "./explain.js";
import { chooseEngine, openStack, passphrase } from "./stack.js";
import { chooseSource, ROOT } from "./source.js";

/** What `npm start --` was told. */
export interface StartOptions {
  readonly folder: string | undefined;
  readonly questions: readonly string[];
  readonly live?: boolean;
  readonly destroy?: boolean;
}

/** Everything that runs leave on the machine: state, settings and the emulator's data. Ignored by git. */
const LOCAL = join(ROOT, ".local");

/** Deploys the quickstart for a folder, or takes it down, and prints what happens. */
export async function start(options: StartOptions): Promise<void> {
  const source = chooseSource(options.folder, options.questions);
  mkdirSync(LOCAL, { recursive: true, mode: 0o700 });
  const engine = await chooseEngine();
  const api = await chooseApi(options.live === true, LOCAL);
  try {
    const name = `${options.live ? "live" : "local"}-${source.slug}`;
    print(`Engine: ${engine.label}`, `API:    ${api.label}`, `State:  ${join(LOCAL, "state")}, stack ${name}`, "");
    const stack = await openStack(engine, name, source, {
      ...api.environment,
      PULUMI_HOME: join(LOCAL, "home"),
      PULUMI_BACKEND_URL: `file://${join(LOCAL, "state")}`,
      PULUMI_CONFIG_PASSPHRASE: passphrase(LOCAL),
    });
    await (options.destroy ? destroy(stack) : deploy(stack, api));
  } catch (error) {
    throw explain(error);
  } finally {
    await api.close();
  }
}

async function deploy(stack: Stack, api: Api): Promise<void> {
  const before = await stack.info();
  if (before) {
    print(pc.bold("Looking for what changed behind the stack's back"));
    const drift = createProgress();
    await stack.refresh({ onEvent: drift.onEvent });
    if (drift.steps() === 0) print("  nothing");
  }
  if (api.costs) {
    print(pc.bold("What it would do"));
    await stack.preview({ onEvent: createProgress().onEvent });
  }
  print(pc.bold("Deploying"));
  const progress = createProgress();
  const { summary, outputs } = await stack.up({ onEvent: progress.onEvent });
  if (progress.steps() === 0) print("  nothing to do");
  printAnswers(answersOf(outputs));
  print(doneLine(summarize(summary.resourceChanges)));
}

async function destroy(stack: Stack): Promise<void> {
  print(pc.bold("Deleting"));
  const { summary } = await stack.destroy({ onEvent: createProgress().onEvent });
  await stack.workspace.removeStack(stack.name);
  const { deleted } = summarize(summary.resourceChanges);
  print(`Done: ${deleted} deleted; the stack is gone, too.`);
}

function answersOf(outputs: OutputMap): readonly Answer[] {
  const answers: unknown = outputs["answers"]?.value;
  return Array.isArray(answers) ? (answers as Answer[]) : [];
}

function doneLine({ created, changed, deleted, unchanged }: Counts): string {
  const removed = deleted > 0 ? `, ${deleted} deleted` : "";
  return `${pc.bold("Done:")} ${created} created, ${changed} changed, ${unchanged} unchanged${removed}.`;
}

function print(...lines: readonly string[]): void {
  process.stdout.write(lines.map((line) => `${line}\n`).join(""));
}
