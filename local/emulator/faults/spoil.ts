import { encodeJson, type WireAnswer } from "../http/wire-answer.js";
import type { Fault } from "./fault.js";

/** The answer that a fault puts in the place of the operation's own, if it does. */
export function replacement(fault: Fault): WireAnswer | undefined {
  if (fault.status === undefined && fault.html !== true) return undefined;
  const status = fault.status ?? 502;
  const headers = fault.retryAfter === undefined ? {} : { "retry-after": String(fault.retryAfter) };
  if (fault.html === true) {
    const page = `<!DOCTYPE html><html><head><title>${status}</title></head><body><h1>${status}</h1></body></html>`;
    return { status, headers: { ...headers, "content-type": "text/html" }, body: Buffer.from(page) };
  }
  if (typeof fault.body === "string") {
    return { status, headers: { ...headers, "content-type": "text/plain" }, body: Buffer.from(fault.body) };
  }
  const answer = encodeJson(status, fault.body ?? { message: `A fault on purpose: ${status}` });
  return { ...answer, headers: { ...headers, ...answer.headers } };
}

/** The operation's own answer, spoilt. */
export function spoilt(answer: WireAnswer, fault: Fault): WireAnswer {
  if (fault.badJson !== true || !Buffer.isBuffer(answer.body)) return answer;
  return { ...answer, body: answer.body.subarray(0, Math.max(1, Math.floor(answer.body.length / 2))) };
}
