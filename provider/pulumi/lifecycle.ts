import type { Difference } from "./diff.js";
import type { CheckResult } from "./check.js";
import type { Properties } from "../engine/values.js";
import type { Context, LocalContext } from "../session/context.js";

/** An object that now exists, with everything the state shall hold about it. */
export interface Created<State> {
  readonly id: string;
  readonly state: State;
}

/**
 * What was found in the API.
 *
 * `gone` is said only for a proven absence; a doubtful answer is thrown. `inputs` stand in for the program's old ones
 * and are complete; they are left out where nothing drifted.
 */
export type Found<State> = "not-found" | { readonly id: string; readonly state: State; readonly inputs?: Properties };

/** The six verbs of a resource, in the order in which the engine calls them. */
export interface Lifecycle<Inputs, State> {
  /**
   * Finds everything wrong with the program's inputs and computes the computed ones. No network, but for what only the
   * person is told.
   */
  check(olds: Properties, news: Properties, local: LocalContext): CheckResult | Promise<CheckResult>;
  /** Says what the difference between state and inputs means. No network, but for what only the person is told. */
  diff(
    state: Properties,
    inputs: Properties,
    local: LocalContext,
    context?: () => Context,
  ): Difference | Promise<Difference>;
  /** Makes the object, or takes over one that an interrupted run provably made for this very resource. */
  create(context: Context, inputs: Inputs): Promise<Created<State>>;
  /** Looks the object up. The state is empty where a program reads an object that it does not manage. */
  read(context: Context, id: string, state: Partial<State>): Promise<Found<State>>;
  /** Changes the object in place; also called to finish one that was left partially created. */
  update(context: Context, id: string, state: Partial<State>, inputs: Inputs): Promise<State>;
  /** Deletes the object. One that is gone already is no error. */
  delete(context: Context, id: string, state: Partial<State>): Promise<void>;
}
