import type { Clock } from "../clock.js";
import { ApiError } from "../errors.js";
import type { FaultPlan } from "../faults/plan.js";
import { replacement, spoilt } from "../faults/spoil.js";
import { truncateList, StaleLists } from "../faults/stale.js";
import type { Operation } from "../operation.js";
import type { IncomingCall } from "./incoming-call.js";
import { encodeAnswer, encodeError, type WireAnswer } from "./wire-answer.js";

/** What came of a call. */
export interface Outcome {
  readonly answer: WireAnswer | "reset";
  /** Whether the operation took effect, whatever is answered. */
  readonly processed: boolean;
}

/** Performs operations, and lets faults happen to them. */
export class Performer {
  readonly #lists = new StaleLists();

  constructor(
    private readonly faults: FaultPlan,
    private readonly clock: Clock,
    private readonly log: (line: string) => void,
  ) {}

  async perform(operation: Operation, call: IncomingCall): Promise<Outcome> {
    const fault = (call.fault = this.faults.meet(operation.id));
    if (fault === undefined) return this.#own(operation, call);
    if (fault.delayMs !== undefined) await this.clock.sleep(fault.delayMs);
    const instead = fault.reset === true ? "reset" : replacement(fault);
    if (instead !== undefined && !fault.processed) return { answer: instead, processed: false };
    const { answer, processed } = await this.#own(operation, call);
    return { answer: instead ?? (answer === "reset" ? answer : spoilt(answer, fault)), processed };
  }

  async #own(operation: Operation, call: IncomingCall): Promise<Outcome> {
    try {
      const own = await operation.handle(call);
      const isList = operation.id.startsWith("list");
      const { stale, truncateList: length } = call.fault ?? {};
      const whole = isList ? this.#lists.answer(call.path, own, stale === true) : own;
      const answer = isList && length !== undefined ? truncateList(whole, length) : whole;
      return { answer: encodeAnswer(answer), processed: true };
    } catch (error) {
      if (!(error instanceof ApiError))
        this.log(`${operation.id} failed: ${error instanceof Error ? error.message : String(error)}`);
      return { answer: encodeError(error, operation.errors ?? "message"), processed: false };
    }
  }
}
