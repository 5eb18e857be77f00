import { relative } from "node:path";
import { isatty } from "node:tty";
import type { OutputMap } from "@pulumi/pulumi/automation";
import { pc } from "./color.js";
import type { Api } from "./api.js";

/** Whether somebody sits at a terminal, who can look around and end it. */
export function isAttended(environment: NodeJS.ProcessEnv = process.env): boolean {
  return isatty(0) && isatty(1) && !environment["CI"];
}

/** Says where to look, and what to ask, and waits until whoever does has had enough. */
export async function stayUp(
  { page, url, keyFile }: NonNullable<Api["emulator"]>,
  outputs: OutputMap,
  question = "What does a refresh cost?",
): Promise<void> {
  const collection = String(outputs["collectionId"]?.value);
  const asking =
    keyFile === undefined
      ? []
      : [
          pc.bold("Ask it more:"),
          `  curl ${url}/vector_store/${collection}/search -H "Authorization: Bearer $(cat ` +
            `${quoted(relative(process.cwd(), keyFile))})" \\`,
          `    -H "Content-Type: application/json" -d ${quoted(JSON.stringify({ input: question }))}`,
          "",
        ];
  const kept = keyFile === undefined ? "" : " What was deployed is kept: the next start goes on from it.";
  const lines = ["", `${pc.bold("Look at it:")} ${pc.cyan(page)}`, ...asking, `It stays up until Ctrl-C.${kept}`];
  process.stdout.write(lines.map((line) => `${line}\n`).join(""));
  // Nothing is under way any more that an interruption would have to wait for.
  process.removeAllListeners("SIGINT");
  await new Promise<void>((done) => process.once("SIGINT", done).once("SIGTERM", done));
  process.stdout.write("\n");
}

function quoted(path: string): string {
  return /^[\w./-]+$/u.test(path) ? path : `'${path.replaceAll("'", String.raw`'\''`)}'`;
}
