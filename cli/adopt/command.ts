import { readFileSync } from "node:fs";
import { basename, join, relative, resolve } from "node:path";
import { createInterface } from "node:readline/promises";
import { isatty } from "node:tty";
import { Command, Option } from "commander";
import type { Client, Collection } from "../../provider/client/index.js";
import { clean } from "../../provider/text/clean.js";
import { interruptible } from "../interruption.js";
import { progress } from "../terminal.js";
import { holdings, written, type Format } from "./format.js";
import { LANGUAGES, type Language } from "./languages.js";
import { slug } from "./names.js";
import { stackFiles, type Chosen } from "./stack-files.js";
import { openApi } from "../api.js";
import { folderName } from "../folder-name.js";
import { survey, withContents } from "./survey.js";
import { writeFiles } from "./write.js";

interface Options {
  readonly cwd: string;
  readonly format: Format;
  readonly all?: true;
  readonly managed?: true;
  readonly out: string;
  readonly force?: true;
  readonly language: Language;
}

const EXAMPLES = `
Examples:
  vultr-inference adopt                                    what the account holds; on a terminal, asks which to take over
  vultr-inference adopt handbook faq --out knowledge       write a stack for two collections
  vultr-inference adopt --all --force                      for all, over what was written before
  vultr-inference adopt --format json                      what the account holds, for a script

The key and the address come from VULTR_INFERENCE_API_KEY and VULTR_INFERENCE_BASE_URL. Nothing is changed in the API.

Exit codes:
  0    written, or there was nothing to write
  1    an error; nothing was written
  130  interrupted; nothing was written`;

/** `vultr-inference adopt`: a stack for what was made by hand. */
export function adoptCommand(): Command {
  return new Command("adopt")
    .description(
      "write a stack that takes over collections and items which were made by hand; changes nothing in the API",
    )
    .argument("[collection...]", "ids of collections")
    .option("--all", "all collections of the account")
    .option("--managed", "also items that bear the tag of another stack's resource, where that stack is lost")
    .option("--cwd <folder>", "the folder that --out is in", folderName, ".")
    .option("--out <folder>", "where the stack is written", folderName, "adopted")
    .addOption(
      new Option("--language <language>", "what the stack is written in").choices(LANGUAGES).default("typescript"),
    )
    .option("--force", "write over files that are there")
    .addOption(new Option("--format <format>", "what is printed").choices(["text", "json"]).default("text"))
    .addHelpText("after", EXAMPLES)
    .action((ids: string[], options: Options) => interruptible((signal) => adopt(ids, options, signal)));
}

async function adopt(
  ids: readonly string[],
  { all, managed, cwd, out, force, language, format }: Options,
  signal: AbortSignal,
): Promise<void> {
  const api = openApi();
  const collections = await api.client.collections.list();
  const named = all === true ? collections : ids.map((id) => find(id, collections));
  const wanted = named.length > 0 ? named : await choose(api.client, collections, format);
  if (wanted.length === 0) return;
  const chosen: Chosen[] = [];
  for (const collection of new Set(wanted)) {
    signal.throwIfAborted();
    const found = await survey(api.client, collection);
    const line = progress(`items of "${clean(collection.id)}" read`);
    const items = await withContents(
      api,
      collection.id,
      managed === true ? [...found.free, ...found.managed] : found.free,
      line.show,
    ).finally(line.end);
    chosen.push({ ...found, items });
  }
  signal.throwIfAborted();
  const folder = resolve(cwd, out);
  const { version } = JSON.parse(readFileSync(join(__dirname, "../../../package.json"), "utf8")) as { version: string };
  const { files, items, left } = stackFiles(slug(basename(folder)) || "adopted", version, chosen, language);
  writeFiles(folder, files, force === true);
  const stack = {
    folder: relative(process.cwd(), folder) || folder,
    collections: chosen.map(({ collection }) => collection.id),
    items,
    files: [...files.keys()],
    left,
  };
  process.stdout.write(written(stack, language, format));
}

function find(id: string, collections: readonly Collection[]): Collection {
  const found = collections.find((collection) => collection.id === id);
  if (found) return found;
  const named = collections.filter(({ name }) => name === id).map((collection) => `"${clean(collection.id)}"`);
  const hint =
    named.length > 0
      ? `Collections of that name have the ids ${named.join(" and ")}.`
      : `It has ${collections.map((collection) => `"${clean(collection.id)}"`).join(", ") || "none"}.`;
  throw new Error(`The account has no collection with the id "${clean(id)}". ${hint}`);
}

/** Shows what there is, and on a terminal asks which of it is meant. */
async function choose(client: Client, collections: readonly Collection[], format: Format): Promise<Collection[]> {
  const surveys = await Promise.all(collections.map((collection) => survey(client, collection)));
  process.stdout.write(holdings(surveys, format));
  if (collections.length === 0 || format === "json") return [];
  if (isatty(0) && isatty(1)) return ask(collections);
  process.stdout.write("\nName those that a stack shall take over, or give --all.\n");
  return [];
}

async function ask(collections: readonly Collection[]): Promise<Collection[]> {
  const questions = createInterface({ input: process.stdin, output: process.stderr });
  const answer = await questions
    .question("\nWhich shall a stack take over? Ids with blanks between, or nothing: ")
    .finally(() => questions.close());
  return answer
    .split(/[\s,]+/u)
    .filter((id) => id !== "")
    .map((id) => find(id, collections));
}
