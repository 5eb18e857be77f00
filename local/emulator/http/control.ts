import type { IncomingMessage } from "node:http";
import { z } from "zod";
import { ApiError, notFound } from "../errors.js";
import type { FaultInput } from "../faults/fault.js";
import type { Faults } from "../faults/plan.js";
import type { Journal } from "../journal.js";
import { parseJson, readJsonText } from "./body.js";
import { encodeAnswer, type WireAnswer } from "./wire-answer.js";

/** Paths of the control, beside the base URL. */
export const CONTROL_PATH = "/_emulator";

/** Answers a request to the control. @throws ApiError for what it does not know. */
export type Control = (method: string, path: string, request: IncomingMessage) => Promise<WireAnswer>;

/** The control over HTTP: `GET` and `DELETE /_emulator/journal`, `POST` and `DELETE /_emulator/faults`. */
export function createControl(journal: Journal, faults: Faults): Control {
  return async (method, path, request) => {
    switch (`${method} ${path}`) {
      case `GET ${CONTROL_PATH}/journal`:
        return encodeAnswer({ status: 200, json: { journal: [...journal] } });
      case `DELETE ${CONTROL_PATH}/journal`:
        journal.clear();
        return encodeAnswer({ status: 204 });
      case `POST ${CONTROL_PATH}/faults`:
        addFault(faults, parseJson(await readJsonText(request), z.looseObject({})));
        return encodeAnswer({ status: 204 });
      case `DELETE ${CONTROL_PATH}/faults`:
        faults.clear();
        return encodeAnswer({ status: 204 });
      default:
        throw notFound();
    }
  };
}

function addFault(faults: Faults, fault: FaultInput): void {
  try {
    faults.add(fault);
  } catch (error) {
    throw new ApiError(422, error instanceof Error ? error.message : String(error));
  }
}
