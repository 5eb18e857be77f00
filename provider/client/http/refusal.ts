import type { Answer } from "./request.js";
import { z } from "zod";
import { clean } from "../../text/clean.js";

/** What an unsuccessful answer says, cleaned of control characters but not yet of secrets. */
export interface Refusal {
  /** Empty where nothing intelligible came. */
  readonly text: string;
  /** The word for it where the API gives one, as `context_length_exceeded`; otherwise empty. */
  readonly code: string;
  /** A web page in place of the API's answer. */
  readonly isHtml: boolean;
  /** What the JSON says, or the text. */
  readonly body: unknown;
}

const longestRead = 65_536;

const coded = z.object({ error: z.object({ code: z.unknown(), type: z.unknown() }) });

/** Reads both error shapes of the API, plain text, and pages of gateways by their title. */
export function readRefusal(answer: Answer): Refusal {
  const text = answer.body.subarray(0, longestRead).toString("utf8").trim();
  if (isHtml(answer))
    return { text: clean(/<title[^>]*>([^<]*)/iu.exec(text)?.[1] ?? ""), code: "", isHtml: true, body: text };
  const body = parsed(text);
  return { text: clean(messageIn(body) ?? text), code: codeIn(body), isHtml: false, body: body ?? text };
}

/** So a page begins: after a declaration of XML or a comment, if at all. */
const PAGE = /^\s*(?:<\?xml[^>]*>\s*|<!--(?:(?!-->).)*-->\s*)*<(?:!doctype\s+html|html|head|title|body)\b/isu;

/** Whether the body is a web page, by its type or its first characters. */
export function isHtml(answer: Answer): boolean {
  const type = answer.headers["content-type"];
  if (typeof type === "string" && /^\s*(?:text\/html|application\/xhtml\+xml)\b/iu.test(type)) return true;
  return PAGE.test(answer.body.subarray(0, 1_024).toString("utf8"));
}

/** The message in either of the API's error shapes. */
export function messageIn(value: unknown): string | undefined {
  if (typeof value === "string") return value;
  if (typeof value !== "object" || value === null) return undefined;
  const message: unknown = Reflect.get(value, "message");
  return typeof message === "string" ? message : messageIn(Reflect.get(value, "error"));
}

function codeIn(value: unknown): string {
  const { data } = coded.safeParse(value);
  return data === undefined
    ? ""
    : [data.error.code, data.error.type].filter((word) => typeof word === "string").join(" ");
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
