import type { EngineEvent, StepEventMetadata } from "@pulumi/pulumi/automation";
import { nameIn, withoutTags } from "./event-text.js";
import { clean } from "../provider/text/clean.js";

/** What the events of a refresh showed. */
export interface Seen {
  readonly onEvent: (event: EngineEvent) => void;
  /** The steps that ended, by URN. */
  readonly steps: ReadonlyMap<string, StepEventMetadata>;
  /** URNs of what was begun and never ended. */
  readonly unended: () => readonly string[];
  readonly errors: () => readonly { readonly urn: string; readonly message: string }[];
  /** Whether the engine said that it came to its end. */
  readonly finished: () => boolean;
}

/** Follows a refresh. */
export function watch(onProgress: (done: number) => void = () => undefined): Seen {
  const begun = new Set<string>();
  const steps = new Map<string, StepEventMetadata>();
  const errors: { urn: string; message: string }[] = [];
  let finished = false;
  return {
    steps,
    errors: () => errors,
    unended: () => [...begun].filter((urn) => !steps.has(urn)),
    finished: () => finished,
    onEvent({ resourcePreEvent, resOutputsEvent, diagnosticEvent, summaryEvent }) {
      if (resourcePreEvent) begun.add(resourcePreEvent.metadata.urn);
      if (resOutputsEvent) {
        steps.set(resOutputsEvent.metadata.urn, resOutputsEvent.metadata);
        onProgress(steps.size);
      }
      if (diagnosticEvent?.severity === "error")
        errors.push({ urn: diagnosticEvent.urn ?? "", message: clean(withoutTags(diagnosticEvent.message)) });
      if (summaryEvent) finished = true;
    },
  };
}

/** A resource's name in the program, without whatever could steer a terminal. */
export function nameOf(urn: string): string {
  return clean(nameIn(urn));
}

const KINDS = "Collection|Documents|File|Item|RetrievalTest";
const OURS = new RegExp(`^(?:pulumi-nodejs:dynamic/vultr-inference|vultr-inference:index):(?:${KINDS})$`, "u");

/** Whether a type is a resource of this package, as a dynamic one or served by the plugin. */
export function isOurs(type: string): boolean {
  return OURS.test(type);
}

/** What a resource is, in one word. */
export function kindOf(type: string): string {
  return clean(type.split(":").at(-1) ?? type);
}
