import type { ResourceState } from "../state/resource.js";

/** What can happen to one resource; the names are the engine events'. */
export type Op =
  | "same"
  | "create"
  | "update"
  | "replace"
  | "create-replacement"
  | "delete"
  | "delete-replaced"
  | "read"
  | "read-replacement"
  | "discard"
  | "discard-replaced"
  | "refresh";

/** One thing to do. */
export interface Step {
  readonly op: Op;
  readonly urn: string;
  readonly type: string;
  /** What the state holds; undefined for what is new. */
  readonly old?: ResourceState;
  /** What it shall be; outputs and id of it come from carrying the step out. Undefined for what goes away. */
  readonly new?: ResourceState;
  /** The inputs that force a replacement. */
  readonly keys?: readonly string[];
  /** True for a step that a person counts; a replacement counts once though it takes three steps. */
  readonly logical: boolean;
  /** Of the first step of a replacement: the old state, marked for deletion. */
  readonly condemned?: ResourceState;
  /**
   * True for what is not there and is not made either: a program that runs to refresh or destroy goes on without it.
   */
  readonly skipped?: boolean;
  /** True for a reading that no person counts. */
  readonly silent?: boolean;
  /** True for a deletion that needs no call, because a container that goes away takes the object along. */
  readonly goesWithContainer?: boolean;
}

const LOGICAL: ReadonlySet<Op> = new Set(["same", "create", "update", "replace", "delete", "read", "discard"]);

/** A step, its `urn`, `type` and `logical` filled in from the states. */
export function step(op: Op, states: Omit<Step, "op" | "urn" | "type" | "logical">): Step {
  const subject = states.new ?? states.old;
  if (subject === undefined) throw new Error(`a step "${op}" without a resource`);
  return { op, urn: subject.urn, type: subject.type, logical: LOGICAL.has(op), ...states };
}

/** The state that a step is about: the new one, or of a deletion the old one. */
export function subjectOf({ old, new: fresh }: Step): ResourceState {
  const subject = fresh ?? old;
  if (subject === undefined) throw new Error("a step without a resource");
  return subject;
}
