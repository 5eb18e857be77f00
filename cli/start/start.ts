import { mkdirSync } from "node:fs";
import { join } from "node:path";
import type { EngineEvent, OutputMap, Stack } from "@pulumi/pulumi/automation";
import { pc } from "./color.js";
import { printAnswers, type Answer } from "./answers.js";
import { chooseApi, type Api } from "./api.js";
import { isAttended, stayUp } from "./stay-up.js";
import { createProgress, type Counts } from "./progress.js";
import { explain } from "./explain.js";
import { chooseEngine, openStack } from "./stack.js";
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
  const engine = await chooseEngine(LOCAL);
  const api = await chooseApi(options.live === true, LOCAL);
  try {
    const name = `${options.live ? "live" : "local"}-${source.slug}`;
    print(`Engine: ${engine.label}`, `API:    ${api.label}`, `State:  ${join(LOCAL, "state")}, stack ${name}`, "");
    const stack = await openStack(engine, name, source, api.environment, LOCAL);
    await (options.destroy ? destroy(stack) : deploy(stack, api));
  } catch (error) {
    throw explain(error, []);
  } finally {
    await api.close();
  }
}

async function deploy(stack: Stack, api: Api): Promise<void> {
  if (await stack.info()) await phase("Looking for what changed behind the stack's back", (onEvent) => stack.refresh({ onEvent }));
  if (api.costs) await phase("What it is going to do", (onEvent) => stack.preview({ onEvent }));
  const { result, counts } = await phase("Deploying", (onEvent) => stack.up({ onEvent }));
  printAnswers(answersOf(result.outputs));
  const { created, changed, deleted, unchanged } = counts;
  print(`${pc.bold("Done:")} ${created} created, ${changed} changed, ${unchanged} unchanged${deleted > 0 ? `, ${deleted} deleted` : ""}.`);
  if (api.emulator && isAttended()) await stayUp(api.emulator, result.outputs);
}

async function destroy(stack: Stack): Promise<void> {
  const { counts } = await phase("Deleting", (onEvent) => stack.destroy({ onEvent }));
  await stack.workspace.removeStack(stack.name);
  print("", `${pc.bold("Done:")} ${counts.deleted} deleted; the stack is gone, too.`);
}

/** Runs one operation under a heading and prints its steps. */
async function phase<T>(heading: string, operation: (onEvent: (event: EngineEvent) => void) => Promise<T>): Promise<{ result: T; counts: Counts }> {
  print(pc.bold(heading));
  const { onEvent, counts, errors } = createProgress();
  try {
    const result = await operation(onEvent);
    if (counts.created + counts.changed + counts.deleted === 0) print("  nothing");
    return { result, counts };
  } catch (error) {
    throw explain(error, errors());
  }
}

function answersOf(outputs: OutputMap): readonly Answer[] {
  const answers: unknown = outputs["answers"]?.value;
  return Array.isArray(answers) ? (answers as Answer[]) : [];
}

function print(...lines: readonly string[]): void {
  process.stdout.write(lines.map((line) => `${line}\n`).join(""));
}
