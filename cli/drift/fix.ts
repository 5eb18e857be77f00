import type { Stack } from "@pulumi/pulumi/automation";
import { explain } from "../start/explain.js";
import { planned } from "./plan.js";
import { watch } from "../seen.js";

interface Mending {
  readonly signal: AbortSignal;
  readonly confirm: () => Promise<boolean>;
}

/**
 * Shows the up that mends a stack, and runs it where it is confirmed.
 *
 * @returns whether it was run.
 * @throws Error with what went wrong.
 */
export async function mend(stack: Stack, { signal, confirm }: Mending): Promise<boolean> {
  const steps = await planned(stack, { signal, refresh: true });
  process.stderr.write(`This up would mend it:\n${steps.map(({ step, type, resource }) => `  ${step} ${type} ${resource}\n`).join("") || "  nothing but the state\n"}`);
  if (signal.aborted || !(await confirm())) return false;
  const seen = watch();
  try {
    await stack.up({ refresh: true, signal, onEvent: seen.onEvent });
  } catch (error) {
    throw explain(error, seen.errors().map(({ message }) => message));
  }
  return true;
}
