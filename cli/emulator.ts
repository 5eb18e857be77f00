import { resolve } from "node:path";
import { Command, InvalidArgumentError } from "commander";
import { startEmulator, type Emulator } from "../local/emulator/index.js";

const KEY_VARIABLE = "VULTR_INFERENCE_EMULATOR_KEY";

interface Options {
  readonly port: number;
  readonly data?: string;
  readonly faults?: string;
  readonly control?: true;
  readonly json?: true;
}

/** `vultr-inference emulator`: the API on this machine, until it is stopped. */
export function emulatorCommand(): Command {
  return new Command("emulator")
    .description("run the Vultr Serverless Inference API on this machine, for trying and testing")
    .option("--port <port>", "port of the loopback interface to listen on; 0 takes a free one", port, 0)
    .option("--data <folder>", "folder that keeps the data; without it everything is in memory and gone at the end")
    .option("--faults <file>", "JSON file with a list of what shall go wrong on purpose")
    .option("--control", "open /_emulator/journal and /_emulator/faults beside the API, with the same key")
    .option("--json", "print one line of JSON with url, key and page instead of text")
    .addHelpText("after", `\nThe key that clients must send is the one in ${KEY_VARIABLE}, else one that is made up and printed.`)
    .action(run);
}

function port(text: string): number {
  const value = Number(text);
  if (Number.isInteger(value) && value >= 0 && value <= 65_535) return value;
  throw new InvalidArgumentError("It must be a whole number from 0 to 65535.");
}

async function run({ port, data, faults, control, json }: Options): Promise<void> {
  const key = process.env[KEY_VARIABLE];
  const emulator = await startEmulator({
    port,
    ...(data !== undefined && { dataDir: resolve(data) }),
    ...(faults !== undefined && { faultsFile: resolve(faults) }),
    ...(control && { control }),
    ...(key && { key }),
  });
  process.stdout.write(json ? `${JSON.stringify({ url: emulator.url, key: emulator.key, page: emulator.page })}\n` : greeting(emulator, data));
  const stop = (): void => void emulator.close().then(() => process.exit(0));
  process.once("SIGINT", stop).once("SIGTERM", stop);
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
