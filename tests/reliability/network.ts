import { Agent, type Dispatcher } from "undici";
import type { OperationId } from "../../local/emulator/index";

/** What happens to a request other than that it is sent. */
export interface Disturbance {
  /** The origin to which it goes instead. */
  readonly origin?: string;
  /** What happens just before. */
  readonly before?: () => void;
}

const SHELF = "/vector_store/{}";
/** Requests as a network sees them, and the operations that they are. */
const OPERATIONS: Readonly<Record<string, OperationId>> = {
  "GET /vector_store": "listCollections",
  "POST /vector_store": "createCollection",
  [`GET ${SHELF}`]: "getCollection",
  [`PATCH ${SHELF}`]: "updateCollection",
  [`DELETE ${SHELF}`]: "deleteCollection",
  [`POST ${SHELF}/search`]: "searchCollection",
  [`GET ${SHELF}/items`]: "listItems",
  [`POST ${SHELF}/items`]: "addItem",
  [`GET ${SHELF}/items/{}`]: "getItem",
  [`PATCH ${SHELF}/items/{}`]: "updateItem",
  [`DELETE ${SHELF}/items/{}`]: "deleteItem",
  [`GET ${SHELF}/files`]: "listFiles",
  [`POST ${SHELF}/files`]: "addFile",
  [`GET ${SHELF}/files/{}`]: "getFile",
  [`DELETE ${SHELF}/files/{}`]: "deleteFile",
};

/** What lies between a client and the API, where single requests can go wrong before they arrive. */
export class Network {
  readonly dispatcher: Dispatcher;
  readonly #agent = new Agent({ connect: { timeout: 5_000 } });
  #plan:
    | { readonly operation: string; readonly nth: readonly number[]; readonly disturbance: Disturbance; seen: number }
    | undefined;

  constructor() {
    this.dispatcher = this.#agent.compose((dispatch) => (options, handler) => {
      const { origin, before } = this.#met(options) ?? {};
      before?.();
      return dispatch(origin === undefined ? options : { ...options, origin }, handler);
    });
  }

  /** Disturbs some requests of an operation, counted from now on. */
  disturb(operation: string, nth: readonly number[], disturbance: Disturbance): void {
    this.#plan = { operation, nth, disturbance, seen: 0 };
  }

  /** Lets everything through again. */
  calm(): void {
    this.#plan = undefined;
  }

  close(): Promise<void> {
    return this.#agent.destroy();
  }

  #met({ method, path }: Dispatcher.DispatchOptions): Disturbance | undefined {
    const plan = this.#plan;
    if (plan?.operation !== operationOf(method, path)) return undefined;
    plan.seen += 1;
    return plan.nth.includes(plan.seen) ? plan.disturbance : undefined;
  }
}

function operationOf(method: string, path: string): OperationId {
  const [, , ...segments] = path.replace(/\?.*$/u, "").split("/");
  const shape = segments.map((segment, index) => (index % 2 === 1 ? "{}" : segment)).join("/");
  const operation = OPERATIONS[`${method} /${shape}`];
  if (operation === undefined) throw new Error(`No operation is known for ${method} ${path}.`);
  return operation;
}
