import type { StepEventMetadata, StepEventStateMetadata } from "@pulumi/pulumi/automation";
import { quoted } from "../../provider/text/clean.js";
import { SIGNATURE_KEY } from "../../provider/inputs/content.js";
import { PROVIDER_KEY } from "../../provider/engine/values.js";

export type Outputs = Readonly<Record<string, unknown>>;

/** What a side of a step holds of a resource, without the provider's own text. */
export function outputsOf(side: StepEventStateMetadata | null | undefined): Outputs {
  const outputs = Object.entries((side?.outputs ?? {}) as Record<string, unknown>);
  return Object.fromEntries(outputs.filter(([name]) => name !== PROVIDER_KEY));
}

export function textOf(outputs: Outputs, name: string): string | undefined {
  const value = outputs[name];
  return typeof value === "string" ? value : undefined;
}

/** A value fit for a sentence: nothing secret, nothing that steers a terminal. */
export function told(value: unknown): string {
  if (typeof value === "string") return value === "[secret]" ? value : quoted(value);
  if (typeof value === "number" || typeof value === "boolean") return String(value);
  return value === undefined || value === null ? "nothing" : isSecret(value) ? "[secret]" : "another value";
}

function isSecret(value: unknown): boolean {
  return typeof value === "object" && value !== null && SIGNATURE_KEY in value;
}

/** The names of outputs that a step shows to be otherwise. */
export function changedIn({ old, new: fresh }: StepEventMetadata): string[] {
  const before = outputsOf(old);
  const after = outputsOf(fresh);
  const names = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...names].filter((name) => JSON.stringify(before[name]) !== JSON.stringify(after[name]));
}
