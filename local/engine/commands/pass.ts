import { availableParallelism } from "node:os";
import { Printer } from "../display/printer.js";
import { Reporter } from "../display/reporter.js";
import type { EventLog } from "../display/sinks.js";
import { ReportedFailure, UserError } from "../errors.js";
import type { Mode } from "../plan/planner.js";
import { providersOf } from "../plugins/registry.js";
import { type RunConfig, Session } from "../run/session.js";
import type { Masking } from "../secrets/masking.js";
import { type Crypter, openCrypter, passphraseFrom } from "../secrets/passphrase.js";
import type { StackPlace } from "../state/backend.js";
import type { Snapshot } from "../state/checkpoint.js";
import { CLI_VERSION } from "../protocol/version.js";
import { refuseForeign } from "../state/foreign.js";
import { remember } from "../state/history.js";
import { SnapshotManager, NO_LOG } from "../state/snapshot-manager.js";
import { open } from "../state/resource.js";
import { STACK_TYPE, urnOf } from "../values/urn.js";
import type { CommandContext } from "./context.js";
import { stackOutputs as outputsOfStack } from "./stack.js";

/** What is done to a stack. */
export type Kind = Mode;

const TITLES: Readonly<Record<Kind, readonly [doing: string, planning: string]>> = {
  update: ["Updating", "Previewing update"],
  refresh: ["Refreshing", "Previewing refresh"],
  destroy: ["Destroying", "Previewing destroy"],
};

/** One pass over a stack: a preview, or the real thing. */
export interface Pass {
  readonly kind: Kind;
  readonly dryRun: boolean;
  readonly place: StackPlace;
  readonly crypter: Crypter;
  readonly config: RunConfig;
  readonly masking: Masking;
  readonly eventLog: EventLog;
}

function printerFor({ args, terminal, project }: CommandContext, { kind, dryRun, place }: Pass): Printer {
  return new Printer({
    title: TITLES[kind][dryRun ? 1 : 0],
    stack: place.name,
    root: urnOf({ stack: place.name, project: place.project, type: STACK_TYPE, name: `${project.name}-${place.name}` }),
    isPreview: dryRun,
    suppressesOutputs: args.has("suppress-outputs"),
    write: terminal.out,
    now: Date.now,
  });
}

function parallelism(context: CommandContext): number {
  const given = context.args.text("parallel");
  if (given === undefined) return 4 * availableParallelism();
  if (!/^-?\d+$/u.test(given)) throw new UserError(`invalid argument "${given}" for --parallel: expected a number`);
  return Math.max(1, Number(given));
}

/**
 * Carries a pass out and shows it.
 *
 * @returns whether anything changed, or would.
 * @throws ReportedFailure when it failed; everything there is to say has been shown.
 */
export async function run(context: CommandContext, pass: Pass): Promise<boolean> {
  const { place, dryRun, config, masking } = pass;
  const loaded = context.existing(place);
  const { snapshot } = loaded;
  const { salt } = snapshot;
  // A state may have been encrypted with another salt than the settings name now; it keeps its own.
  const stateCrypter =
    salt === undefined || salt === pass.crypter.salt ? pass.crypter : openCrypter(passphraseFrom(context.env), salt);
  refuseForeign(snapshot.resources, providersOf(context.project));
  const printer = printerFor(context, pass);
  const reporter = new Reporter(
    (event, isTold) => {
      pass.eventLog.write(event);
      if (isTold) printer.take(event);
    },
    masking,
    dryRun,
    pass.kind === "refresh",
  );
  const snapshots = dryRun
    ? undefined
    : new SnapshotManager(place, stateCrypter, { ...loaded, snapshot: withoutPending(context, snapshot) });
  const resources = snapshots?.resources ?? snapshot.resources.map((sealed) => open(sealed, stateCrypter));
  const startTime = Math.floor(Date.now() / 1000);
  reporter.start(shownConfig(config));
  if (!dryRun && pass.kind !== "refresh") warnOfPending(reporter, snapshot);
  let failed = true;
  try {
    const session = await Session.open({
      project: context.project,
      stack: place.name,
      env: context.env,
      dryRun,
      mode: pass.kind,
      parallel: parallelism(context),
      config,
      resources,
      log: snapshots ?? NO_LOG,
      reporter,
      stackOutputs: (name) => outputsOfStack(context, name),
      client: context.args.text("client"),
    });
    failed = await carriedOut(context, pass, session, reporter);
  } finally {
    snapshots?.close();
    if (!dryRun) record(context, pass, { startTime, failed, changes: reporter.changes });
    reporter.finish(failed ? "failed" : "succeeded");
  }
  if (failed) throw new ReportedFailure();
  return reporter.changed;
}

/**
 * What interrupted creations left behind is forgotten on request alone: only a person can know that it is not there.
 */
function withoutPending({ args }: CommandContext, snapshot: Snapshot): Snapshot {
  return args.has("clear-pending-creates") ? { ...snapshot, pendingOperations: [] } : snapshot;
}

function warnOfPending(reporter: Reporter, { pendingOperations }: Snapshot): void {
  if (pendingOperations.length === 0) return;
  const listed = pendingOperations.map(({ resource, type }) => `\n  * ${resource.urn}, interrupted while ${type}`);
  reporter.report(
    "",
    "warning",
    `Attempting to deploy or update resources with ${pendingOperations.length} pending operations from previous ` +
      `deployment.${listed.join("")}\nAn interrupted run did not learn whether they succeeded. Look at the provider's ` +
      "side; then `pulumi refresh --clear-pending-creates` forgets them.",
  );
}

const shownConfig = ({ plain, secretKeys }: RunConfig): Record<string, string> =>
  Object.fromEntries(Object.entries(plain).map(([key, value]) => [key, secretKeys.includes(key) ? "[secret]" : value]));

async function carriedOut(context: CommandContext, pass: Pass, session: Session, reporter: Reporter): Promise<boolean> {
  const { args } = context;
  const { deployment } = session;
  const stop = context.terminal.onInterrupt(() => session.cancel());
  try {
    const runsProgram = pass.kind === "update" || args.has("run-program");
    if (args.has("refresh", context.project.refreshes) || (pass.kind === "refresh" && !runsProgram))
      await deployment.refresh();
    if (runsProgram && !deployment.failed) await deployment.run(session.program());
    if (pass.kind === "destroy" && !runsProgram && !deployment.failed) await deployment.deleteRest();
    if (deployment.stepFailed) reporter.report("", "error", `${pass.dryRun ? "preview" : "update"} failed`);
    else if (deployment.canceled && !deployment.failed)
      reporter.report("", "error", `${pass.dryRun ? "preview" : "update"} canceled`);
    return deployment.failed || deployment.canceled;
  } finally {
    stop();
    await session.close();
  }
}

interface Result {
  readonly startTime: number;
  readonly failed: boolean;
  readonly changes: Readonly<Record<string, number>>;
}

function record(context: CommandContext, { kind, place }: Pass, { startTime, failed, changes }: Result): void {
  const { args } = context;
  remember(place, {
    kind,
    startTime,
    message: args.text("message") ?? "",
    environment: {
      "exec.kind": args.text("exec-kind") ?? "cli",
      ...(args.text("exec-agent") !== undefined && { "exec.agent": args.text("exec-agent") ?? "" }),
      "pulumi.version": CLI_VERSION,
      "runtime.name": "nodejs",
      "runtime.version": process.version,
    },
    config: context.settings(place).config,
    version: 0,
    result: failed ? "failed" : "succeeded",
    endTime: Math.floor(Date.now() / 1000),
    resourceChanges: changes,
  });
}
