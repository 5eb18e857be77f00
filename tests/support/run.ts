import { inspect } from "node:util";
import type { EngineEvent, OutputMap, StepEventMetadata } from "@pulumi/pulumi/automation";

/** What could be seen of one operation from outside. */
export interface Run {
  /**
   * `<step> <type> <name>` of everything that was not left as it was, in alphabetical order; the stack itself and
   * providers left out.
   */
  readonly steps: readonly string[];
  /** The errors that were reported, without colours. */
  readonly errors: readonly string[];
  /** Everything that was printed. */
  readonly printed: string;
  readonly outputs: OutputMap;
  readonly events: readonly EngineEvent[];
}

/** Thrown where an operation failed. */
export class RunFailed extends Error {
  constructor(
    readonly run: Run,
    override readonly cause: unknown,
  ) {
    super(`The run failed:\n${run.printed}`);
  }

  /** Everything that came to light: what was printed, and what the Automation API threw. */
  get said(): string {
    return `${this.run.printed}\n${inspect(this.cause, { depth: 10 })}`;
  }
}

/** The failure that an operation must end with. */
export async function failureOf(operation: Promise<unknown>): Promise<RunFailed> {
  try {
    await operation;
  } catch (error) {
    if (error instanceof RunFailed) return error;
    throw error;
  }
  throw new Error("The run was expected to fail, but succeeded.");
}

/** The resources of this package, as dynamic ones and as those of the plugin; the component is none by itself. */
const OWN = /^(?:pulumi-nodejs:dynamic\/|vultr-inference:index:(?!KnowledgeBase$))/u;

/** Collects what an operation shows. */
export function follow(): { onEvent: (event: EngineEvent) => void; onOutput: (text: string) => void; run: () => Run } {
  const printed: string[] = [];
  const errors: string[] = [];
  const steps: string[] = [];
  const events: EngineEvent[] = [];
  const step = ({ op, type, urn }: StepEventMetadata): void => {
    if (op === "same" || op === "refresh" || !OWN.test(type)) return;
    steps.push(`${op} ${type.split(":").at(-1) ?? ""} ${urn.split("::").at(-1) ?? ""}`);
  };
  return {
    onOutput: (text) => void printed.push(text),
    onEvent: (event) => {
      events.push(event);
      if (event.resourcePreEvent?.planning) step(event.resourcePreEvent.metadata);
      if (event.resOutputsEvent && !event.resOutputsEvent.planning) step(event.resOutputsEvent.metadata);
      if (event.diagnosticEvent?.severity === "error")
        errors.push(event.diagnosticEvent.message.replaceAll(/<\{%[^%]*%\}>/gu, "").trim());
    },
    run: () => ({ steps: steps.sort(), errors, printed: printed.join(""), outputs: {}, events }),
  };
}
