import type { Stack } from "@pulumi/pulumi/automation";
import { clean } from "../../provider/text/clean.js";
import { explain } from "../explain.js";
import { finding, labelOf, read } from "./findings.js";
import { foldRemovals } from "./fold.js";
import { planned } from "./plan.js";
import type { DriftReport, Finding, Unchecked } from "./report.js";
import { failingTests } from "./retrieval.js";
import { isOurs, nameOf, watch, type Seen } from "../seen.js";
import { stateOf, type StateResource } from "./state.js";
import { outputsOf } from "./values.js";

/** How to look for drift. */
export interface DriftOptions {
  /** Also finds what an `up` would change although nothing drifted. Runs the program. Default: false. */
  readonly plan?: boolean;
  /** Also asks the questions of the stack's retrieval tests, which costs their embedding. Default: false. */
  readonly retrieval?: boolean;
  /** How long a file may be in ingestion before that counts as drift, in minutes. Default: 60. */
  readonly stuckMinutes?: number;
  /** Ends the look in an orderly way. */
  readonly signal?: AbortSignal;
  /** Told how many resources have been compared. */
  readonly onProgress?: (done: number) => void;
}

const STUCK_MINUTES = 60;

/**
 * Compares what a stack's state says with what the API holds, and changes neither. It does not throw: what could not be
 * checked stands in the report, whose status is then `failed`.
 *
 * @param stack - of the Automation API, on any engine and backend.
 */
export async function detectDrift(stack: Stack, options: DriftOptions = {}): Promise<DriftReport> {
  const seen = watch(options.onProgress);
  const unchecked: Unchecked[] = [];
  let held: Promise<readonly StateResource[]> | undefined;
  const state = (): Promise<readonly StateResource[]> => (held ??= stateOf(stack));
  const attempt = async <T>(what: string, task: () => Promise<T>): Promise<T | undefined> => {
    try {
      return await task();
    } catch (error) {
      unchecked.push({ reason: `${what}${clean(explain(error, []).message)}` });
      return undefined;
    }
  };
  const signal = options.signal && { signal: options.signal };

  let failure: unknown;
  await stack.previewRefresh({ onEvent: seen.onEvent, ...signal }).catch((error: unknown) => (failure = error));
  if (failure !== undefined || !seen.finished() || seen.unended().length > 0) {
    const known = await state().catch(() => undefined);
    unchecked.push(...missed(seen, failure, known));
  }
  const steps = [...seen.steps.values()];
  const found: Finding[] = [];
  const notes: string[] = [];
  for (const step of steps) {
    const said = read(step);
    found.push(...said.findings.map(([kind, message]) => finding(step, kind, message)));
    if (said.going !== true) notes.push(...(said.notes ?? []));
    else {
      const age = await attempt(`${labelOf(step)}: how long its ingestion has been going on is unknown. `, async () =>
        ageOf(await state(), step.urn),
      );
      if (age !== undefined && age >= (options.stuckMinutes ?? STUCK_MINUTES)) {
        found.push(
          finding(
            step,
            "file-stuck",
            `${labelOf(step)} has been in ingestion (${String(outputsOf(step.new)["status"])}) for ${span(age)}.`,
          ),
        );
      } else notes.push(...(said.notes ?? []));
    }
  }
  if (options.retrieval === true) {
    const tests = await attempt("The retrieval tests could not be run: ", async () =>
      failingTests(stack, await state()),
    );
    found.push(...(tests?.findings ?? []));
    unchecked.push(...(tests?.unchecked ?? []));
  }
  const plan =
    options.plan === true
      ? await attempt("What is planned is unknown: ", () => planned(stack, signal ?? {}))
      : undefined;
  const findings = foldRemovals(found, steps);
  return {
    version: 1,
    project: (await stack.workspace.projectSettings()).name,
    stack: stack.name,
    status: unchecked.length > 0 ? "failed" : findings.length > 0 ? "drift" : "clean",
    checked: steps.filter(({ type }) => !/^pulumi:(pulumi:Stack$|providers:)/u.test(type)).length,
    findings,
    ...(plan && { plan }),
    unchecked,
    notes: notes.map(clean),
  };
}

/** What a refresh did not get to, and why. */
function missed(seen: Seen, failure: unknown, known: readonly StateResource[] | undefined): Unchecked[] {
  const failed = seen
    .errors()
    .filter(({ message }) => message !== "" && !/^(preview|refresh|update) failed$/u.test(message));
  const named = failed.filter(({ urn }) => urn !== "" && !urn.includes("::pulumi:pulumi:Stack::"));
  const general = failed.filter((error) => !named.includes(error)).map(({ message }) => message);
  const reasons = named.map(({ urn, message }) => ({ urn, resource: nameOf(urn), reason: message }));
  if (reasons.length + general.length === 0)
    general.push(
      failure === undefined
        ? "The engine ended before it had looked at everything."
        : clean(explain(failure, []).message),
    );
  const told = new Set(named.map(({ urn }) => urn));
  const all =
    known?.filter(({ type }) => type.startsWith("pulumi-nodejs:dynamic/") || isOurs(type)).map(({ urn }) => urn) ??
    seen.unended();
  const left = all.filter((urn) => !seen.steps.has(urn) && !told.has(urn));
  return [
    ...general.map((reason) => ({ reason })),
    ...reasons,
    ...left.map((urn) => ({
      urn,
      resource: nameOf(urn),
      reason: "It was not looked at, since the check ended early.",
    })),
  ];
}

function ageOf(resources: readonly StateResource[], urn: string): number | undefined {
  const { created, modified } = resources.find((resource) => resource.urn === urn) ?? {};
  const since = Date.parse(created ?? modified ?? "");
  return Number.isNaN(since) ? undefined : (Date.now() - since) / 60_000;
}

function span(minutes: number): string {
  return minutes < 120 ? `${Math.floor(minutes)} min` : `${Math.floor(minutes / 60)} h`;
}
