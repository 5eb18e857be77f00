import { z } from "zod";
import type { OperationId } from "../operation-id.js";
import { faultSchema, type Fault, type FaultInput } from "./fault.js";

/** The faults of an emulator: added, forgotten, and asked once for each request. */
export interface Faults {
  /** Adds a fault. @throws Error that names every property that is wrong. @returns a function that removes it again. */
  add(fault: FaultInput): () => void;
  /** Removes all faults. */
  clear(): void;
}

interface Planned {
  readonly fault: Fault;
  seen: number;
  met: number;
}

/** Decides which request meets which fault. */
export class FaultPlan implements Faults {
  #planned: Planned[] = [];

  /** @param next - numbers in [0, 1) for probabilities. */
  constructor(private readonly next: () => number) {}

  add(input: FaultInput): () => void {
    const planned = { fault: parseFault(input), seen: 0, met: 0 };
    this.#planned.push(planned);
    return () => {
      this.#planned = this.#planned.filter((other) => other !== planned);
    };
  }

  clear(): void {
    this.#planned = [];
  }

  /** The faults that this request meets, put together; a later one wins where two say different things. */
  meet(operation: OperationId): Fault | undefined {
    const met = this.#planned.filter((planned) => this.#meets(planned, operation)).map(({ fault }) => fault);
    if (met.length === 0) return undefined;
    const processed = met.some((fault) => fault.processed);
    return Object.assign({}, ...met, { processed }) as Fault;
  }

  #meets(planned: Planned, operation: OperationId): boolean {
    const { fault } = planned;
    if (fault.operation !== "*" && fault.operation !== operation) return false;
    planned.seen += 1;
    const nth = fault.nth === undefined ? undefined : [fault.nth].flat();
    if (nth?.includes(planned.seen) === false) return false;
    if (planned.met >= (fault.times ?? nth?.length ?? Infinity)) return false;
    if (fault.probability !== undefined && this.next() >= fault.probability) return false;
    planned.met += 1;
    return true;
  }
}

/** Checks one fault. */
export function parseFault(input: unknown): Fault {
  const result = faultSchema.safeParse(input);
  if (result.success) return result.data;
  throw new Error(`Not a fault of the emulator: ${z.prettifyError(result.error).replace(/\s+/g, " ")}`);
}
