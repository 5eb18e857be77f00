import { rmSync } from "node:fs";
import { join } from "node:path";
import { unsupported, UserError } from "../errors.js";
import { selectedStack, selectStack } from "../project/selection.js";
import { openCrypter, passphraseFrom } from "../secrets/passphrase.js";
import type { StackPlace } from "../state/backend.js";
import { deployment, drafted, load, save, type Snapshot } from "../state/checkpoint.js";
import { forget } from "../state/history.js";
import { clearLocks } from "../state/lock.js";
import { recover } from "../state/journal.js";
import { masked, needsKey, open, opened } from "../state/resource.js";
import { isSecret, type Properties, rebuildAll, revealed, SECRET, SIGNATURE } from "../values/properties.js";
import { isStack } from "../values/urn.js";
import type { CommandContext } from "./context.js";

function named(context: CommandContext): StackPlace {
  const [name] = context.args.positionals;
  return context.place(name);
}

/** `pulumi stack init` */
export function init(context: CommandContext): void {
  const place = named(context);
  const provider = context.args.text("secrets-provider") ?? "passphrase";
  if (provider !== "passphrase" && provider !== "default") throw unsupported(`The secrets provider "${provider}"`);
  if (context.args.text("copy-config-from") !== undefined) throw unsupported("The flag --copy-config-from");
  if (load(place) !== undefined) throw new UserError(`stack '${place.fullName}' already exists`);
  const { salt } = context.crypter(place, context.settings(place));
  save(place, drafted(place, { resources: [], pendingOperations: [], salt }).text);
  if (!context.args.has("no-select")) selectStack(context.env, context.project, context.backend.url, place.fullName);
  context.terminal.err(`Created stack '${place.name}'\n`);
}

/** `pulumi stack select` */
export function select(context: CommandContext): void {
  const place = named(context);
  if (context.args.has("create") && load(place) === undefined) {
    init(context);
    return;
  }
  context.existing(place);
  selectStack(context.env, context.project, context.backend.url, place.fullName);
}

/** `pulumi stack rm` */
export async function remove(context: CommandContext): Promise<void> {
  if (!context.args.has("yes"))
    throw new UserError("--yes must be passed in to proceed when running in non-interactive mode");
  await removeStack(context, named(context));
}

/** Removes a stack that has no resources, with its settings, history and backups. */
export async function removeStack(context: CommandContext, place: StackPlace): Promise<void> {
  const { args, env, project } = context;
  context.existing(place);
  await context.locked(place, () => {
    const { resources } = context.existing(place).snapshot;
    if (resources.length > 0 && !args.has("force"))
      throw new UserError(
        `'${place.name}' still has resources; removal rejected. Possible actions:\n` +
          `- Make sure that '${place.name}' is the stack that you want to destroy\n` +
          "- Run `pulumi destroy` to delete the resources, then run `pulumi stack rm`\n" +
          "- Run `pulumi stack rm --force` to override this error",
      );
    forget(place);
  });
  if (!args.has("preserve-config")) rmSync(join(project.root, `Pulumi.${place.name}.yaml`), { force: true });
  if (selectedStack(env, project, context.backend.url) === place.fullName)
    selectStack(env, project, context.backend.url);
  context.print(`Stack '${place.name}' has been removed!`);
}

/** A snapshot's resources with every secret readable, as `stack export --show-secrets` prints them. */
function revealedSnapshot(context: CommandContext, snapshot: Snapshot): Snapshot {
  if (snapshot.salt === undefined) return snapshot;
  const crypter = openCrypter(passphraseFrom(context.env), snapshot.salt);
  const plain = (properties: Properties): Properties =>
    rebuildAll(properties, (value) =>
      isSecret(value) ? { [SIGNATURE]: SECRET, plaintext: JSON.stringify(value["value"] ?? null) } : value,
    );
  const resources = snapshot.resources.map((sealed) => {
    const { inputs, outputs } = open(sealed, crypter);
    return {
      ...sealed,
      ...(sealed.inputs && { inputs: plain(inputs) }),
      ...(sealed.outputs && { outputs: plain(outputs) }),
    };
  });
  return { ...snapshot, resources };
}

/** `pulumi stack export` */
export function exportState(context: CommandContext): void {
  const { snapshot } = context.existing(context.place());
  const shown = context.args.has("show-secrets") ? revealedSnapshot(context, snapshot) : snapshot;
  context.print(JSON.stringify({ version: 3, deployment: deployment(shown) }, undefined, 4));
}

function outputsOf(context: CommandContext): Properties {
  const { snapshot } = context.existing(context.place());
  const outputs = rootOutputs(snapshot);
  if (!context.args.has("show-secrets")) return masked(outputs);
  if (!needsKey(outputs) || snapshot.salt === undefined) return outputs;
  return rebuildAll(opened(outputs, openCrypter(passphraseFrom(context.env), snapshot.salt)), revealed);
}

/** The outputs of another stack, secrets marked, for a program that refers to it. */
export function stackOutputs(context: CommandContext, name: string): Properties {
  const place = context.backend.place(name, context.project.name);
  const { snapshot } = load(place) ?? {};
  if (snapshot === undefined) throw new UserError(`unknown stack "${name}"`);
  const outputs = rootOutputs(snapshot);
  if (!needsKey(outputs) || snapshot.salt === undefined) return outputs;
  return opened(outputs, openCrypter(passphraseFrom(context.env), snapshot.salt));
}

const rootOutputs = ({ resources }: Snapshot): Properties =>
  resources.find(({ type, delete: isOld }) => isStack(type) && !isOld)?.outputs ?? {};

/** `pulumi stack output` */
export function output(context: CommandContext): void {
  const outputs = outputsOf(context);
  const [name] = context.args.positionals;
  if (name === undefined) {
    if (!context.args.has("json")) throw unsupported('"pulumi stack output" without a name and without --json');
    context.printJson(outputs);
    return;
  }
  const value = outputs[name];
  if (value === undefined) throw new UserError(`current stack does not have output property '${name}'`);
  if (typeof value === "string" && !context.args.has("json")) context.print(value);
  else context.print(JSON.stringify(value));
}

/** `pulumi cancel` */
export function cancel(context: CommandContext): void {
  const place = named(context);
  if (!context.args.has("yes"))
    throw new UserError("--yes must be passed in to proceed when running in non-interactive mode");
  context.existing(place);
  clearLocks(place);
  const recovered = recover(place);
  if (recovered !== undefined) context.terminal.err(`warning: ${recovered}\n`);
  context.print(`The currently running update for '${place.name}' has been canceled!`);
}
