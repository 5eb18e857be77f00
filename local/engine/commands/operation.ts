import { NO_EVENT_LOG, openEventLog } from "../display/sinks.js";
import { UserError } from "../errors.js";
import { runConfig } from "../run/session.js";
import { Masking } from "../secrets/masking.js";
import type { CommandContext } from "./context.js";
import { type Kind, type Pass, run } from "./pass.js";
import { removeStack } from "./stack.js";

/** Exit codes of the CLI: for a missing `--yes`, and for changes where none were expected. */
const NOT_CONFIRMED = 2;
const CHANGED = 7;

/** `pulumi preview`, and the `--preview-only` of the others. */
export async function preview(context: CommandContext, kind: Kind = "update"): Promise<void> {
  await withStack(context, kind, async (pass) => {
    expectNoChanges(context, "preview", await run(context, { ...pass, dryRun: true }));
  });
}

/** `pulumi up`, `pulumi refresh`, `pulumi destroy`. */
export async function operate(context: CommandContext, kind: Kind): Promise<void> {
  const { args } = context;
  if (args.has("preview-only")) {
    await preview(context, kind);
    return;
  }
  if (!args.has("yes") && !args.has("skip-preview"))
    throw new UserError(
      "--yes or --skip-preview or --preview-only must be passed in to proceed when running in non-interactive mode",
      NOT_CONFIRMED,
    );
  await withStack(context, kind, (pass) =>
    context.locked(pass.place, async () => {
      if (!args.has("skip-preview")) await run(context, { ...pass, dryRun: true, eventLog: NO_EVENT_LOG });
      expectNoChanges(context, kind, await run(context, pass));
    }),
  );
}

async function withStack(context: CommandContext, kind: Kind, task: (pass: Pass) => Promise<void>): Promise<void> {
  const place = context.place();
  context.existing(place);
  const settings = context.settings(place);
  const crypter = context.crypter(place, settings);
  const runsProgram = kind === "update" || context.args.has("run-program");
  const config = runConfig(context.project, settings.config, crypter, runsProgram ? place.name : undefined);
  const masking = new Masking();
  for (const key of config.secretKeys) masking.add(config.plain[key] ?? "");
  const target = context.args.text("event-log");
  const eventLog = target === undefined ? NO_EVENT_LOG : openEventLog(target);
  try {
    await task({ kind, dryRun: false, place, crypter, config, masking, eventLog });
  } finally {
    await eventLog.close();
  }
}

function expectNoChanges({ args }: CommandContext, what: string, changed: boolean): void {
  if (args.has("expect-no-changes") && changed)
    throw new UserError(`no changes were expected for ${what} but changes were proposed`, CHANGED);
}

/** `pulumi destroy` */
export async function destroy(context: CommandContext): Promise<void> {
  await operate(context, "destroy");
  const place = context.place();
  if (context.args.has("preview-only")) return;
  if (context.args.has("remove")) await removeStack(context, place);
  else
    context.print(
      "The resources in the stack have been deleted, but the history and configuration associated with the stack are " +
        `still maintained. \nIf you want to remove the stack completely, run \`pulumi stack rm ${place.name}\`.`,
    );
}
