import { randomBytes } from "node:crypto";
import { accessSync, constants, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { LocalWorkspace, PulumiCommand, type Stack } from "@pulumi/pulumi/automation";
import { engineRoot } from "../../local/engine/index.js";
import { ROOT, type Source } from "./source.js";

/** What runs the stack. */
export interface Engine {
  readonly label: string;
  readonly command: PulumiCommand;
}

/** The Pulumi CLI where there is one, else the local engine. Either keeps what it remembers in `local`. */
export async function chooseEngine(local: string): Promise<Engine> {
  // Even the question for its version makes the CLI write a log into its home: not into the user's.
  process.env["PULUMI_HOME"] = join(local, "home");
  const cli = (process.env["PATH"] ?? "").split(delimiter).map((folder) => join(folder, "pulumi")).find(isExecutable);
  if (cli !== undefined) {
    const command = await PulumiCommand.get();
    return { label: `Pulumi CLI ${command.version?.version ?? ""} (${cli})`, command };
  }
  return { label: "local engine, since no pulumi is on PATH", command: await PulumiCommand.get({ root: engineRoot() }) };
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
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
export async function openStack(engine: Engine, name: string, source: Source, api: Readonly<Record<string, string>>, local: string): Promise<Stack> {
  Reflect.deleteProperty(process.env, "PULUMI_CONFIG_PASSPHRASE_FILE");
  for (const folder of ["project", "state"]) mkdirSync(join(local, folder), { recursive: true, mode: 0o700 });
  const stack = await LocalWorkspace.createOrSelectStack(
    { stackName: name, workDir: join(local, "project") },
    {
      pulumiCommand: engine.command,
      projectSettings: { name: "vultr-inference-quickstart", runtime: "nodejs", main: join(ROOT, "examples/quickstart") },
      envVars: {
        ...api,
        PULUMI_BACKEND_URL: `file://${join(local, "state")}`,
        PULUMI_CONFIG_PASSPHRASE: passphrase(local),
        PULUMI_SKIP_UPDATE_CHECK: "true",
      },
    },
  );
  await stack.setAllConfig({
    folder: { value: source.folder },
    name: { value: source.name },
    ...(source.questions && { questions: { value: JSON.stringify(source.questions) } }),
  });
  return stack;
}
