import type { Stack } from "@pulumi/pulumi/automation";
import { explain } from "../explain.js";
import { planned } from "./plan.js";
import type { PlannedChange } from "./report.js";
import { watch } from "../seen.js";

interface Fixing {
  readonly signal: AbortSignal;
  readonly confirm: () => Promise<boolean>;
}

/**
 * Shows the up that fixes a stack, and runs it where it is confirmed. An up deploys the program as it is now: where
 * that was changed since the last deployment, nothing is fixed.
 *
 * @returns whether it was run.
 * @throws Error with what went wrong, or what is not deployed.
 */
export async function fix(stack: Stack, { signal, confirm }: Fixing): Promise<boolean> {
  const undeployed = await planned(stack, { signal });
  if (undeployed.length > 0) throw new Error(undeployedText(undeployed));
  const steps = await planned(stack, { signal, refresh: true });
  const lines = steps.map(({ step, type, resource }) => `  ${step} ${type} ${resource}\n`).join("");
  process.stderr.write(`This up would fix it:\n${lines || "  nothing but the state\n"}`);
  if (signal.aborted || !(await confirm())) return false;
  const seen = watch();
  try {
    await stack.up({ refresh: true, signal, onEvent: seen.onEvent });
  } catch (error) {
    throw explain(
      error,
      seen.errors().map(({ message }) => message),
    );
  }
  return true;
}

/** So many are named. */
const SHOWN = 10;

function undeployedText(changes: readonly PlannedChange[]): string {
  const named = changes.slice(0, SHOWN).map(({ step, type, resource }) => `${step} ${type} ${resource}`);
  const more = changes.length > SHOWN ? ` and ${changes.length - SHOWN} more` : "";
  return (
    "The program is not what is deployed, and the up that fixes the drift would deploy it, too: " +
    `${named.join(", ")}${more}. Nothing was changed. ` +
    `Run "pulumi up --refresh" where all of it is to be deployed, or --fix with the program that was deployed last.`
  );
}
