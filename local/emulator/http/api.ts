import type { IncomingMessage, ServerResponse } from "node:http";
import type { Clock } from "../clock.js";
import { ApiError, notFound } from "../errors.js";
import type { Fault } from "../faults/fault.js";
import type { FaultPlan } from "../faults/plan.js";
import { replacement, spoilt } from "../faults/spoil.js";
import { StaleLists } from "../faults/stale.js";
import type { JournalEntry } from "../journal.js";
import type { Answer, Operation } from "../operation.js";
import type { RequestLog } from "../request-log.js";
import { checkKey } from "./auth.js";
import { IncomingCall } from "./incoming-call.js";
import { createRouter, type Route } from "./router.js";
import { send } from "./send.js";
import { encodeAnswer, encodeError, type WireAnswer } from "./wire-answer.js";

/** The path of the base URL. */
export const BASE_PATH = "/v1";

/** What the API is made of. */
export interface ApiParts {
  readonly operations: readonly Operation[];
  readonly key: string;
  readonly clock: Clock;
  readonly faults: FaultPlan;
  readonly requests: RequestLog;
  readonly journal: (entry: JournalEntry) => void;
  /** Told about each answer, in one line without secrets. */
  readonly log: (line: string) => void;
  /** How long each answer waits, in milliseconds. */
  readonly latencyMs: number;
}

interface Outcome {
  readonly answer: WireAnswer | "reset";
  readonly processed: boolean;
}

/** Answers one HTTP request after another. */
export function createApi(parts: ApiParts): (request: IncomingMessage, response: ServerResponse) => Promise<void> {
  const route = createRouter(parts.operations);
  const stale = new StaleLists();

  async function outcomeOf(operation: Operation, call: IncomingCall): Promise<Outcome> {
    const { fault } = call;
    if (fault?.delayMs !== undefined) await parts.clock.sleep(fault.delayMs);
    const spoiling = fault?.reset === true ? "reset" : fault && replacement(fault);
    if (spoiling !== undefined && fault?.processed !== true) return { answer: spoiling, processed: false };
    const own = await ownOutcome(operation, call);
    return { answer: spoiling ?? own.answer, processed: own.processed };
  }

  async function ownOutcome(operation: Operation, call: IncomingCall): Promise<Outcome> {
    try {
      const answer = listed(operation, call, await operation.handle(call));
      const encoded = encodeAnswer(answer);
      return { answer: call.fault === undefined ? encoded : spoilt(encoded, call.fault), processed: true };
    } catch (error) {
      if (!(error instanceof ApiError)) parts.log(`${operation.id} failed: ${error instanceof Error ? error.message : String(error)}`);
      return { answer: encodeError(error, operation.errors ?? "message"), processed: false };
    }
  }

  function listed(operation: Operation, call: IncomingCall, answer: Answer): Answer {
    return operation.id.startsWith("list") ? stale.answer(call.path, answer, call.fault?.stale === true) : answer;
  }

  async function answerOperation(found: Exclude<Route, undefined | { allowed: unknown }>, path: string, exchange: Exchange): Promise<void> {
    const { operation, params } = found;
    const { request, response } = exchange;
    const at = parts.clock.now();
    const call = new IncomingCall(request, response, path, params);
    const refusal = refusalOf(operation, request);
    if (refusal === undefined) call.fault = parts.faults.meet(operation.id);
    if (parts.latencyMs > 0) await parts.clock.sleep(parts.latencyMs);
    const { answer, processed } = refusal ?? (await outcomeOf(operation, call));
    const status = answer === "reset" ? null : answer.status;
    const method = operation.method;
    parts.journal({ operation: operation.id, method, path, status, processed, at });
    parts.log(`${method} ${path} ${status ?? "reset"}`);
    if (answer === "reset") return void response.socket?.resetAndDestroy();
    const responseBody = await send(response, answer, sendingFault(call.fault), parts.clock);
    if (refusal === undefined && operation.open !== true) {
      const entry = { at, method, endpoint: BASE_PATH + path, headers: request.headers, status: answer.status };
      parts.requests.write({ ...entry, requestBody: call.body, responseBody });
    }
  }

  function refusalOf(operation: Operation, request: IncomingMessage): Outcome | undefined {
    try {
      if (operation.open !== true) checkKey(request.headers.authorization, parts.key);
      return undefined;
    } catch (error) {
      return { answer: encodeError(error, "message"), processed: false };
    }
  }

  async function refuse(found: Route, exchange: Exchange): Promise<void> {
    const error =
      found !== undefined && "allowed" in found
        ? new ApiError(405, "Method not allowed", { allow: found.allowed.join(", ") })
        : notFound();
    await send(exchange.response, encodeError(error, "message"), {}, parts.clock);
  }

  return async (request, response) => {
    const [whole = ""] = (request.url ?? "").split("?");
    const path = whole.startsWith(`${BASE_PATH}/`) ? whole.slice(BASE_PATH.length) : undefined;
    const found = path === undefined ? undefined : route(request.method ?? "", path);
    if (path === undefined || found === undefined || "allowed" in found) await refuse(found, { request, response });
    else await answerOperation(found, path, { request, response });
    // What was not read of the body must not block the connection's next request.
    request.resume();
  };
}

interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
}

const sendingFault = (fault: Fault | undefined) => ({ truncate: fault?.truncate, dripMs: fault?.dripMs });
