import { UserError } from "../errors.js";
import { type Step, subjectOf } from "../plan/step.js";
import { PartialFailure } from "../plugins/partial.js";
import type { Change, StateLog } from "../state/snapshot-manager.js";
import type { Operation, ResourceState } from "../state/resource.js";
import { type Outcome, type Performer, ProtectedError } from "./perform.js";
import { Slots } from "./slots.js";

/** Told about every step as it happens. */
export interface StepObserver {
  /** A step is about to be carried out. */
  onStart(step: Step): void;
  /** A step was carried out; `step.new` is what came of it. */
  onEnd(step: Step, outcome: Outcome): void;
  onFailure(step: Step, message: string): void;
}

/** A step failed, and the observer was told. */
export class StepFailed extends UserError {}

/** The run was called off before the step began. */
export class Canceled extends Error {}

const INTENTS: Partial<Record<Step["op"], Operation["type"]>> = {
  create: "creating",
  "create-replacement": "creating",
  update: "updating",
  delete: "deleting",
  "delete-replaced": "deleting",
  discard: "deleting",
  "discard-replaced": "deleting",
  read: "reading",
  "read-replacement": "reading",
};

/** Carries steps out: a bounded number at once, each one recorded before and after. */
export class Executor {
  readonly #slots: Slots;
  readonly #running = new Set<Promise<unknown>>();
  #canceled = false;
  #failed = false;

  constructor(
    private readonly performer: Performer,
    private readonly log: StateLog,
    private readonly observer: StepObserver,
    parallel: number,
    /** Whether a failure leaves the other steps alone. */
    private readonly keepGoing = false,
  ) {
    this.#slots = new Slots(parallel);
  }

  /** Whether any step failed. */
  get failed(): boolean {
    return this.#failed;
  }

  get canceled(): boolean {
    return this.#canceled;
  }

  /** Lets no further step begin. Steps that run are finished and recorded. */
  cancel(): void {
    this.#canceled = true;
  }

  /** Resolves when no step runs any more. */
  async idle(): Promise<void> {
    while (this.#running.size > 0) await Promise.allSettled(this.#running);
  }

  /**
   * Carries out steps of one resource, one after the other.
   *
   * @returns what came of the last of them that made a state.
   * @throws StepFailed or Canceled.
   */
  chain(steps: readonly Step[]): Promise<Outcome> {
    const chain = this.#slots.run(async () => {
      let made: Outcome = {};
      for (const step of steps) {
        const { state } = made;
        const outcome = await this.#step(step.op === "replace" && state ? { ...step, new: state } : step);
        if (outcome.state || outcome.found) made = outcome;
      }
      return made;
    });
    this.#running.add(chain);
    const done = (): void => void this.#running.delete(chain);
    chain.then(done, done);
    return chain;
  }

  async #step(step: Step): Promise<Outcome> {
    if (this.#canceled) throw new Canceled(`${step.op} of ${step.urn} was called off`);
    this.observer.onStart(step);
    const intent = INTENTS[step.op];
    const ticket = intent && (await this.log.begin(intent, subjectOf(step)));
    const outcome = await this.#attempt(step, ticket);
    await this.log.end(ticket, changeOf(step, outcome));
    const made = outcome.state ? { ...step, new: outcome.state } : step;
    if (outcome.failure) throw this.#fail(made, outcome.failure);
    this.observer.onEnd(made, outcome);
    return outcome;
  }

  async #attempt(step: Step, ticket: number | undefined): Promise<Outcome> {
    try {
      return await this.performer.perform(step);
    } catch (error) {
      await this.log.end(ticket, {});
      throw this.#fail(step, error as Error);
    }
  }

  #fail(step: Step, error: Error): StepFailed {
    this.#failed = true;
    // A protected resource is known to be untouched: the rest can go on and show what else is wrong.
    if (!(error instanceof ProtectedError) && !this.keepGoing) this.#canceled = true;
    this.observer.onFailure(step, sentenceOf(error));
    return new StepFailed(`${step.op} of ${step.urn} failed`);
  }
}

function sentenceOf(error: Error): string {
  if (!(error instanceof PartialFailure)) return error.message;
  const { reasons } = error;
  const count = reasons.length === 1 ? "1 error" : `${reasons.length} errors`;
  return `${count} occurred:\n${reasons.map((reason) => `\t* ${reason}\n`).join("")}`;
}

/** What an executed step means for the state. */
function changeOf({ op, old, new: wanted, condemned, skipped }: Step, { state }: Outcome): Change {
  if (skipped) return {};
  const gone: readonly ResourceState[] = old ? [old] : [];
  switch (op) {
    case "create":
    case "same":
    case "update":
    case "read":
      return { ...(state && { add: state }), drop: gone };
    case "create-replacement":
    case "read-replacement":
      return { ...(state && { add: state }), set: old && condemned ? [[old, condemned]] : [] };
    case "refresh":
      if (state === old) return {};
      if (state === undefined) return { drop: gone, refreshed: true };
      // What the program leads to stands behind what it depends on now, no longer where it stood.
      if (wanted !== old) return { add: state, drop: gone, refreshed: true };
      return { set: gone.map((was) => [was, state] as const), refreshed: true };
    case "replace":
      return {};
    case "delete":
    case "delete-replaced":
    case "discard":
    case "discard-replaced":
      return { drop: gone };
  }
}
