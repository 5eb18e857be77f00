import type { Op, Step } from "../plan/step.js";
import type { ResourceState } from "../state/resource.js";
import { isAsset, isSecret, type Properties, rebuildAll, SECRET, SIGNATURE } from "../values/properties.js";
import { isProviderType } from "../values/urn.js";

/** One side of a step as events show it: secrets masked, contents of assets left out. */
export interface EventState {
  readonly type: string;
  readonly urn: string;
  readonly custom?: true;
  readonly delete?: true;
  readonly id: string;
  readonly parent: string;
  readonly protect?: true;
  readonly retainOnDelete?: true;
  readonly inputs: Properties;
  readonly outputs: Properties;
  readonly provider: string;
  readonly initErrors?: readonly string[];
}

export interface StepMetadata {
  readonly op: Op;
  readonly urn: string;
  readonly type: string;
  readonly old: EventState | null;
  readonly new: EventState | null;
  readonly keys?: readonly string[];
  readonly detailedDiff: null;
  readonly logical?: true;
  readonly provider: string;
}

export interface Diagnostic {
  readonly urn?: string;
  readonly prefix?: string;
  readonly message: string;
  readonly color: "never";
  readonly severity: "debug" | "info" | "info#err" | "warning" | "error";
  readonly ephemeral?: true;
}

export interface Summary {
  readonly maybeCorrupt: false;
  readonly durationSeconds: number;
  readonly resourceChanges: Readonly<Record<string, number>>;
  readonly PolicyPacks: Readonly<Record<string, never>>;
  readonly isPreview: boolean;
  readonly result: "succeeded" | "failed";
}

interface OnStep {
  readonly metadata: StepMetadata;
  readonly planning?: true;
}

/**
 * The events of a run, as the CLI's event log and the Automation API name them. Each event has exactly one of these.
 */
export interface EngineEvent {
  readonly preludeEvent?: { readonly config: Readonly<Record<string, string>> };
  readonly resourcePreEvent?: OnStep;
  readonly resOutputsEvent?: OnStep;
  readonly resOpFailedEvent?: OnStep & { readonly status: number; readonly steps: number };
  readonly diagnosticEvent?: Diagnostic;
  readonly summaryEvent?: Summary;
  readonly cancelEvent?: Readonly<Record<string, never>>;
}

/** The default provider and the like: steps that the run takes, but that no person asked for. */
export const isInternal = ({ urn, type }: Step): boolean =>
  isProviderType(type) && /^default(_.*)?$/u.test(urn.split("::").at(-1) ?? "");

const shown = (properties: Properties): Properties =>
  rebuildAll(properties, (value) => {
    if (isSecret(value)) return { [SIGNATURE]: SECRET, ciphertext: "[secret]" };
    if (!isAsset(value) || !("text" in value)) return value;
    return { ...value, text: "<contents elided>" };
  });

function stateOf(state: ResourceState): EventState {
  const { type, urn, custom, id = "", parent = "", provider = "", inputs, outputs, initErrors = [] } = state;
  return {
    type,
    urn,
    ...(custom && { custom }),
    ...(state.delete && { delete: true }),
    id,
    parent,
    ...(state.protect && { protect: true }),
    ...(state.retainOnDelete && { retainOnDelete: true }),
    inputs: shown(inputs),
    outputs: shown(outputs),
    provider,
    ...(initErrors.length > 0 && { initErrors }),
  };
}

/** What events say of a step. */
export function metadataOf(step: Step): StepMetadata {
  const { op, urn, type, old, new: fresh, keys = [], logical } = step;
  return {
    op,
    urn,
    type,
    old: old ? stateOf(old) : null,
    new: fresh ? stateOf(fresh) : null,
    ...(keys.length > 0 && { keys }),
    detailedDiff: null,
    ...(logical && { logical }),
    provider: (fresh ?? old)?.provider ?? "",
  };
}
