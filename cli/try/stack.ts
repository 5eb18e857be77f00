import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { LocalWorkspace, type Stack } from "@pulumi/pulumi/automation";
import { findEngine, type Engine } from "../engine.js";
import { ROOT, type Source } from "./source.js";

/** What runs the stack. It keeps what it remembers in `local`. */
export function chooseEngine(local: string): Promise<Engine> {
  // Even the question for its version makes the CLI write a log into its home: not into the user's.
  process.env["PULUMI_HOME"] = join(local, "home");
  return findEngine();
}

/** The stack's passphrase: made up once, kept for its owner alone. */
function passphrase(folder: string): string {
  const path = join(folder, "passphrase");
  if (!existsSync(path)) writeFileSync(path, randomBytes(24).toString("base64url"), { mode: 0o600, flag: "wx" });
  return readFileSync(path, "utf8").trim();
}

/**
 * Opens or makes the stack of a folder and tells it what to deploy. All that is kept stands in `local`, and nothing of
 * the user's own Pulumi set-up is used.
 */
export async function openStack(
  engine: Engine,
  name: string,
  source: Source,
  api: Readonly<Record<string, string>>,
  local: string,
): Promise<Stack> {
  Reflect.deleteProperty(process.env, "PULUMI_CONFIG_PASSPHRASE_FILE");
  for (const folder of ["project", "state"]) mkdirSync(join(local, folder), { recursive: true, mode: 0o700 });
  const stack = await LocalWorkspace.createOrSelectStack(
    { stackName: name, workDir: join(local, "project") },
    {
      pulumiCommand: engine.command,
      projectSettings: {
        name: "vultr-inference-quickstart",
        runtime: "nodejs",
        main: source.questions ? join(__dirname, "program.js") : join(ROOT, "examples/quickstart"),
      },
      envVars: {
        ...api,
        PULUMI_BACKEND_URL: `file://${join(local, "state")}`,
        PULUMI_CONFIG_PASSPHRASE: passphrase(local),
        PULUMI_SKIP_UPDATE_CHECK: "true",
      },
    },
  );
  await stack.setAllConfig({
    name: { value: source.name },
    // Of the project's own documents the program knows where they are and what to ask.
    ...(source.questions && {
      folder: { value: source.folder },
      questions: { value: JSON.stringify(source.questions) },
    }),
  });
  return stack;
}
