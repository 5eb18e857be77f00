import { isatty } from "node:tty";
import type { Stack } from "@pulumi/pulumi/automation";
import { Command } from "commander";
import type { Configuration } from "../../provider/api/configuration.js";
import { cleanLines } from "../../provider/text/clean.js";
import { createClient } from "../../provider/client/index.js";
import { complaintOf, configuration, settingsOf } from "../doctor/environment.js";
import { stateOf } from "../drift/state.js";
import { openPage } from "../open-page.js";
import { whole } from "../whole.js";
import { folderName } from "../folder-name.js";
import { browse } from "./server.js";
import { testsOf, type ShownTest } from "./tests.js";

interface Options {
  readonly cwd: string;
  readonly stack?: string;
  readonly port: number;
  readonly open: boolean;
}

const EXAMPLES = `
Examples:
  vultr-inference browse --stack prod       the account that the stack deploys to
  vultr-inference browse                    that of the stack selected in this folder, or of the environment

Nothing is changed in the account: lists, items and searches alone are asked for. A search costs the tokens of its
question. The key stays in this process; the printed address has a token of its own, which ends with it.`;

/** `vultr-inference browse`: the page of an account, on this machine. */
export function browseCommand(): Command {
  return new Command("browse")
    .description("look at what an account holds, and search it, in a browser; changes nothing")
    .option("--cwd <folder>", "the stack's folder", folderName, ".")
    .option("-s, --stack <name>", "the stack; default: PULUMI_STACK, else the selected one")
    .option("--port <port>", "port to listen on; 0 takes a free one", whole(65_535), 0)
    .option("--no-open", "only print the address")
    .addHelpText("after", EXAMPLES)
    .action(run);
}

async function run({ cwd, stack, port, open }: Options): Promise<void> {
  const { settings: configured, opened } = await chosen(cwd, stack);
  const { baseUrl, apiKeySource, ...settings } = configured;
  const client = createClient({ ...settings, baseUrl, apiKeySource, maxRetries: 1 });
  // A wrong key or address is told here, not in the browser.
  await client.collections.list();
  const { host } = new URL(baseUrl);
  const tests = opened && (() => testsIn(opened));
  const { page, close } = await browse(client, host, port, tests);
  process.stdout.write(
    [
      `The account at ${host}, with the key from ${apiKeySource}, in a browser: ${page}`,
      "It is only looked at. A search costs the tokens of its question. Ctrl-C ends it.",
      "",
    ].join("\n"),
  );
  if (open && isatty(1)) await openPage(page);
  const stop = (): void => void close().then(() => process.exit(0));
  process.once("SIGINT", stop).once("SIGTERM", stop);
}

/** The retrieval tests of a stack. What the engine printed before it failed may hold secrets, and is not told. */
async function testsIn(stack: Stack): Promise<ShownTest[]> {
  try {
    return testsOf(await stateOf(stack));
  } catch (error) {
    throw new Error(`The stack's state cannot be read: ${complaintOf(error)}`);
  }
}

/** The settings of a stack, or of the environment where no stack was named and none can be read. */
async function chosen(
  cwd: string,
  stack: string | undefined,
): Promise<{ readonly settings: Configuration; readonly opened: Stack | undefined }> {
  const { config, findings, opened } = await configuration(cwd, stack);
  const [problem] = findings.filter(({ status }) => status !== "ok");
  if (problem !== undefined) {
    const which = stack === undefined ? "The stack of this folder" : `The stack "${stack}"`;
    const said = `${which}: ${problem.found.replace(/\.$/u, "")}.`;
    const isLocked = /passphrase|decrypt/iu.test(problem.found);
    if (stack !== undefined) throw new Error(isLocked ? `${said} Set PULUMI_CONFIG_PASSPHRASE.` : said);
    process.stderr.write(`${cleanLines(said)} The settings of the environment are used.\n`);
  }
  const { settings, findings: problems } = settingsOf(config);
  if (settings === undefined) throw new Error(problems[0]?.advice);
  return { settings, opened };
}
