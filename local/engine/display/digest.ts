import type { Step } from "../plan/step.js";
import { written } from "../state/resource.js";
import type { SealedResource, ResourceState } from "../state/resource.js";
import { isStack } from "../values/urn.js";
import type { EngineEvent } from "./events.js";

/** What is planned for one resource. */
interface PlannedStep {
  readonly op: string;
  readonly urn: string;
  readonly provider?: string;
  readonly oldState?: SealedResource;
  readonly newState?: SealedResource;
  readonly replaceReasons?: readonly string[];
  readonly detailedDiff: null;
}

/** Collects what `preview --json` prints: the steps with both states, the messages and the counts. */
export class Digest {
  readonly #steps: PlannedStep[] = [];
  readonly #messages: object[] = [];
  #config: object = {};
  #summary: object = {};

  take({ preludeEvent, diagnosticEvent, summaryEvent }: EngineEvent, step?: Step): void {
    if (preludeEvent) this.#config = preludeEvent.config;
    if (step && isShown(step)) this.#steps.push(planned(step));
    if (diagnosticEvent && diagnosticEvent.severity !== "debug" && !diagnosticEvent.ephemeral) {
      const { urn, prefix = "", message, severity } = diagnosticEvent;
      this.#messages.push({ ...(urn !== undefined && { urn }), message: prefix + message, severity });
    }
    if (summaryEvent) {
      const { durationSeconds, resourceChanges } = summaryEvent;
      this.#summary = { duration: durationSeconds * 1_000_000_000, changeSummary: resourceChanges };
    }
  }

  get json(): object {
    return {
      ...(Object.keys(this.#config).length > 0 && { config: this.#config }),
      ...(this.#steps.length > 0 && { steps: this.#steps }),
      ...(this.#messages.length > 0 && { diagnostics: this.#messages }),
      ...this.#summary,
    };
  }
}

/** A replacement is shown as one step, and what stays the same is not shown, but for the stack and changes of protection. */
function isShown({ op, type, old, new: fresh, logical }: Step): boolean {
  if (op === "same") return isStack(type) || (old?.protect ?? false) !== (fresh?.protect ?? false);
  return logical || op === "refresh";
}

const shown = (state: ResourceState): SealedResource => written(state, () => "[secret]");

function planned({ op, urn, old, new: fresh, keys = [] }: Step): PlannedStep {
  const provider = (fresh ?? old)?.provider;
  return {
    op,
    urn,
    ...(provider !== undefined && { provider }),
    ...(old && { oldState: shown(old) }),
    ...(fresh && { newState: shown(fresh) }),
    ...(keys.length > 0 && { replaceReasons: keys }),
    detailedDiff: null,
  };
}
