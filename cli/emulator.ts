import { resolve } from "node:path";
import { Command } from "commander";
import { startEmulator, type Emulator, type EmulatorOptions } from "../local/emulator/index.js";
import { folderName } from "./folder-name.js";
import { openPage } from "./open-page.js";
import { whole } from "./whole.js";

const KEY_VARIABLE = "VULTR_INFERENCE_EMULATOR_KEY";

interface Options {
  readonly host?: string;
  readonly port: number;
  readonly data?: string;
  readonly faults?: string;
  readonly chat?: string;
  readonly like?: string;
  readonly embeddings?: string;
  readonly latency?: number;
  readonly control?: true;
  readonly json?: true;
  readonly open?: true;
  readonly verbose?: true;
}

/** `vultr-inference emulator`: the API on this machine, until it is stopped. */
export function emulatorCommand(): Command {
  return new Command("emulator")
    .description("run the Vultr Serverless Inference API on this machine, for trying and testing")
    .option(
      "--host <address>",
      `address to listen on (default: 127.0.0.1); one that other machines reach needs ${KEY_VARIABLE}`,
    )
    .option("--port <port>", "port to listen on; 0 takes a free one", whole(65_535), 0)
    .option(
      "--data <folder>",
      "folder that keeps the data; without it everything is in memory and gone at the end",
      folderName,
    )
    .option(
      "--embeddings <name>",
      "how search understands: full, light, transformers:<model>, or a package with a function embed",
    )
    .option("--chat <file>", "JSON file with replies of the chat model, for programs that call tools")
    .option("--like <file>", "JSON file that says how the API behaves where nobody is sure")
    .option("--faults <file>", "JSON file with a list of what shall go wrong on purpose")
    .option("--latency <ms>", "how long each answer waits, in milliseconds", whole(600_000))
    .option("--control", "open /_emulator/journal and /_emulator/faults beside the API, with the same key")
    .option("--json", "print one line of JSON with url, key and page instead of text")
    .option("--open", "open the page in a browser")
    .option("--verbose", "print a line for each answer to the standard error")
    .addHelpText(
      "after",
      `\nThe key that clients must send is the one in ${KEY_VARIABLE}, else one that is made up and printed.`,
    )
    .action(run);
}

async function run(options: Options): Promise<void> {
  const emulator = await startEmulator(optionsOf(options));
  const { url, key, page } = emulator;
  process.stdout.write(options.json ? `${JSON.stringify({ url, key, page })}\n` : greeting(emulator, options.data));
  if (options.open) await openPage(page);
  const stop = (): void => void emulator.close().then(() => process.exit(0));
  process.once("SIGINT", stop).once("SIGTERM", stop);
}

function optionsOf({
  host,
  port,
  data,
  faults,
  chat,
  like,
  embeddings,
  latency,
  control,
  verbose,
}: Options): EmulatorOptions {
  const key = process.env[KEY_VARIABLE];
  return {
    port,
    ...(host !== undefined && { host }),
    ...(data !== undefined && { dataDir: resolve(data) }),
    ...(faults !== undefined && { faultsFile: resolve(faults) }),
    ...(chat !== undefined && { chat: resolve(chat) }),
    ...(like !== undefined && { like: resolve(like) }),
    ...(embeddings !== undefined && { embeddings }),
    ...(latency !== undefined && { latencyMs: latency }),
    ...(control && { control }),
    ...(key && { key }),
    ...(verbose && { log: (line) => void process.stderr.write(`${new Date().toTimeString().slice(0, 8)} ${line}\n`) }),
  };
}

function greeting({ url, key, page }: Emulator, data: string | undefined): string {
  return [
    `The emulator of the Vultr Serverless Inference API listens at ${url}`,
    `Data: ${data === undefined ? "in memory, gone at the end (--data <folder> keeps it)" : resolve(data)}`,
    "To point a stack at it:",
    `  export VULTR_INFERENCE_BASE_URL=${url}`,
    `  export VULTR_INFERENCE_API_KEY=${key}`,
    `What it holds, in a browser: ${page}`,
    "Ctrl-C stops it.",
    "",
  ].join("\n");
}
