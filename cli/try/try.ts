import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { homedir, tmpdir } from "node:os";
import { join } from "node:path";
import type { EngineEvent, OutputMap, Stack } from "@pulumi/pulumi/automation";
import { canOpenDatabase } from "../../local/emulator/storage/database.js";
import { cleanLines } from "../../provider/text/clean.js";
import { messageOf } from "../../provider/text/error-message.js";
import { pc } from "./color.js";
import { printAnswers, type Answer } from "./answers.js";
import { chooseApi, type Api } from "./api.js";
import { isAttended, stayUp } from "./stay-up.js";
import { createProgress, type Counts } from "./progress.js";
import { explain } from "../explain.js";
import { chooseEngine, openStack } from "./stack.js";
import { chooseSource, isClone, requireDocuments, ROOT, type Source } from "./source.js";
import { watchFolder } from "./watch.js";

/** What `vultr-inference try` was told. */
export interface TryOptions {
  readonly folder: string | undefined;
  readonly questions: readonly string[];
  readonly live?: boolean;
  readonly watch?: boolean;
  readonly destroy?: boolean;
}

/** What runs leave on the machine: state, settings and the emulator's data. In a clone git ignores it. */
const KEPT = isClone ? join(ROOT, ".local") : join(homedir(), ".vultr-inference");

/** Deploys a folder, or takes it down, and prints what happens. */
export async function tryFolder(options: TryOptions): Promise<void> {
  const source = chooseSource(options.folder, options.questions);
  if (!options.destroy) requireDocuments(source);
  // An emulator that forgets everything leaves a state of what is no more.
  const isKept = options.live === true || canOpenDatabase();
  if (options.destroy && !isKept)
    throw new Error("Nothing is kept here between two runs, so there is nothing to delete.");
  const local = isKept ? KEPT : mkdtempSync(join(tmpdir(), "vultr-inference-"));
  mkdirSync(local, { recursive: true, mode: 0o700 });
  const engine = await chooseEngine(local);
  const api = await chooseApi(options.live === true, local, isKept);
  try {
    const name = `${options.live ? "live" : "local"}-${source.slug}`;
    print(
      `Engine: ${engine.label}`,
      `API:    ${api.label}`,
      isKept
        ? `State:  ${join(local, "state")}, stack ${name}`
        : 'State:  forgotten at the end; Node.js 22.13 or newer keeps it, or "npm install libsql"',
      "",
    );
    const stack = await openStack(engine, name, source, api.environment, local);
    await (options.destroy ? destroy(stack) : deploy(stack, api, source, options.watch === true));
  } catch (error) {
    throw explain(error, []);
  } finally {
    await api.close();
    if (!isKept) rmSync(local, { recursive: true, force: true });
  }
}

async function deploy(stack: Stack, api: Api, source: Source, isWatched: boolean): Promise<void> {
  if (await stack.info())
    await phase("Looking for what changed behind the stack's back", (onEvent) => stack.refresh({ onEvent }));
  if (api.costs) await phase("What it is going to do", (onEvent) => stack.preview({ onEvent }));
  const outputs = await up(stack);
  if (isWatched) return watchAndDeploy(stack, source, api);
  if (api.emulator && isAttended()) await stayUp(api.emulator, outputs, source.questions?.[0]);
}

async function up(stack: Stack): Promise<OutputMap> {
  const { result, counts } = await phase("Deploying", (onEvent) => stack.up({ onEvent }));
  printAnswers(answersOf(result.outputs));
  const { created, changed, deleted, unchanged } = counts;
  print(
    `${pc.bold("Done:")} ${created} created, ${changed} changed, ${unchanged} ` +
      `unchanged${deleted > 0 ? `, ${deleted} deleted` : ""}.`,
  );
  return result.outputs;
}

/** Deploys again with each save. What cannot be deployed is told, and the next save may put it right. */
async function watchAndDeploy(stack: Stack, { folder }: Source, { emulator }: Api): Promise<void> {
  const stop = new AbortController();
  // Nothing but a deployment is to be waited for, and that is let come to its end.
  process.removeAllListeners("SIGINT");
  process.once("SIGINT", () => stop.abort()).once("SIGTERM", () => stop.abort());
  print(
    "",
    `Watching ${folder} until Ctrl-C.${emulator ? ` ${pc.bold("Look at it:")} ${pc.cyan(emulator.page)}` : ""}`,
  );
  const deployAgain = async (): Promise<void> => {
    print("");
    await up(stack).catch((error: unknown) => process.stderr.write(`${cleanLines(messageOf(error))}\n`));
  };
  await watchFolder(folder, deployAgain, stop.signal);
}

async function destroy(stack: Stack): Promise<void> {
  const { counts } = await phase("Deleting", (onEvent) => stack.destroy({ onEvent }));
  await stack.workspace.removeStack(stack.name);
  print("", `${pc.bold("Done:")} ${counts.deleted} deleted; the stack is gone, too.`);
}

/** Runs one operation under a heading and prints its steps. */
async function phase<T>(
  heading: string,
  operation: (onEvent: (event: EngineEvent) => void) => Promise<T>,
): Promise<{ result: T; counts: Counts }> {
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
