import type { Stack } from "@pulumi/pulumi/automation";
import type { PlannedChange } from "./report.js";
import { kindOf, nameOf, watch } from "../seen.js";

/** Steps that are no change, or a part of one that another step tells. */
const SILENT = new Set([
  "same",
  "refresh",
  "read",
  "create-replacement",
  "delete-replaced",
  "read-replacement",
  "discard",
  "discard-replaced",
]);

interface PlanOptions {
  readonly signal?: AbortSignal;
  /** Whether drift counts, too: then it is what fixes the stack. Default: false. */
  readonly refresh?: boolean;
}

/**
 * What an `up` would do.
 *
 * @throws Error with what the engine and the program said, where the preview fails.
 */
export async function planned(stack: Stack, options: PlanOptions = {}): Promise<PlannedChange[]> {
  const changes = new Map<string, PlannedChange>();
  const seen = watch();
  try {
    await stack.preview({
      ...options,
      onEvent(event) {
        seen.onEvent(event);
        const step = event.resourcePreEvent?.metadata;
        if (!step || SILENT.has(step.op) || /^pulumi:(pulumi:Stack$|providers:)/u.test(step.type)) return;
        changes.set(step.urn, { urn: step.urn, resource: nameOf(step.urn), type: kindOf(step.type), step: step.op });
      },
    });
  } catch (error) {
    const said = seen
      .errors()
      .map(({ message }) => message)
      .filter((message) => message !== "");
    throw said.length > 0 ? new Error(said.join(" ")) : error;
  }
  return [...changes.values()];
}
