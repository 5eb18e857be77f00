import type { IncomingMessage, ServerResponse } from "node:http";
import type { Clock } from "../clock.js";
import { ApiError, notFound } from "../errors.js";
import type { FaultPlan } from "../faults/plan.js";
import type { JournalEntry } from "../journal.js";
import type { Operation } from "../operation.js";
import type { RequestHistory } from "../request-history.js";
import type { RequestLog } from "../request-log.js";
import type { Page } from "../page/page.js";
import { checkKey } from "./auth.js";
import { CONTROL_PATH, type Control } from "./control.js";
import { IncomingCall } from "./incoming-call.js";
import { Performer, type Outcome } from "./perform.js";
import { createRouter, type Match, type Route } from "./router.js";
import { send } from "./send.js";
import { checkCaller } from "./web-page.js";
import { encodeError, type WireAnswer } from "./wire-answer.js";

/** The path of the base URL. */
export const BASE_PATH = "/v1";

/** What the API is made of. */
export interface ApiParts {
  readonly operations: readonly Operation[];
  readonly key: string;
  readonly clock: Clock;
  readonly faults: FaultPlan;
  readonly requests: RequestLog;
  readonly history: RequestHistory;
  readonly journal: (entry: JournalEntry) => void;
  readonly control: Control | undefined;
  readonly page: Page;
  /** Told about each answer, in one line without secrets. */
  readonly log: (line: string) => void;
  /** How long each answer waits, in milliseconds. */
  readonly latencyMs: number;
  /** The address that is listened on. */
  readonly host: string;
}

/** Answers one HTTP request after another. */
export class Api {
  readonly #route: (method: string, path: string) => Route;
  readonly #performer: Performer;

  constructor(private readonly parts: ApiParts) {
    this.#route = createRouter(parts.operations);
    this.#performer = new Performer(parts.faults, parts.clock, parts.log);
  }

  async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const [path = ""] = (request.url ?? "").split("?");
    const method = request.method ?? "";
    const found = path.startsWith(`${BASE_PATH}/`) ? this.#route(method, path.slice(BASE_PATH.length)) : undefined;
    const page = this.#refusalOf(() => checkCaller(request.headers, this.parts.host));
    if (page !== undefined) await this.#send(response, page);
    else if (found !== undefined && "operation" in found) await this.#answer(found, request, response);
    else await this.#send(response, await this.#elsewhere(method, path, found, request));
    // What was not read of the body must not block the connection's next request.
    request.resume();
  }

  async #answer({ operation, path, params }: Match, request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { clock, latencyMs } = this.parts;
    const at = clock.now();
    const begin = performance.now();
    const call = new IncomingCall(request, response, path, params);
    const refusal = this.#refusal(request);
    if (latencyMs > 0) await clock.sleep(latencyMs);
    const isOpen = operation.open === true;
    const { answer, processed } = (isOpen ? undefined : refusal) ?? (await this.#performer.perform(operation, call));
    const status = answer === "reset" ? null : answer.status;
    const entry = { operation: operation.id, method: operation.method, path, status, at };
    this.parts.journal({ ...entry, processed });
    const end = (responseBody: string): void => {
      const ms = Math.round((performance.now() - begin) * 10) / 10;
      this.parts.log(`${entry.method} ${path} ${status ?? "reset"} ${ms} ms`);
      this.parts.history.write({ ...entry, ms, requestBody: call.body, responseBody });
    };
    if (answer === "reset") {
      end("");
      return void response.socket?.resetAndDestroy();
    }
    const responseBody = await send(response, answer, call.fault ?? {}, clock);
    end(responseBody);
    if (refusal !== undefined || operation.id === "getHealth") return;
    const { method, headers } = request;
    this.parts.requests.write({
      at,
      method: method ?? "",
      endpoint: BASE_PATH + path,
      headers,
      status: answer.status,
      requestBody: call.body,
      responseBody,
    });
  }

  #refusal(request: IncomingMessage): Outcome | undefined {
    const answer = this.#refusalOf(() => checkKey(request.headers.authorization, this.parts.key));
    return answer && { answer, processed: false };
  }

  #refusalOf(check: () => void): WireAnswer | undefined {
    try {
      check();
      return undefined;
    } catch (error) {
      return encodeError(error, "message");
    }
  }

  async #elsewhere(method: string, path: string, found: Route, request: IncomingMessage): Promise<WireAnswer> {
    try {
      if (found !== undefined && "allowed" in found)
        throw new ApiError(405, "Method not allowed", { allow: found.allowed.join(", ") });
      const { control, key, page } = this.parts;
      if (method === "GET" && path === "/") return page.shell();
      if (!path.startsWith(`${CONTROL_PATH}/`)) throw notFound();
      checkKey(request.headers.authorization, key);
      const data = await page.data(method, new URL(request.url ?? "", "http://localhost"), request);
      if (data !== undefined) return data;
      if (control === undefined) throw notFound();
      return await control(method, path, request);
    } catch (error) {
      return encodeError(error, "message");
    }
  }

  async #send(response: ServerResponse, answer: WireAnswer): Promise<void> {
    await send(response, answer, {}, this.parts.clock);
  }
}
