import { clean, shorten } from "../../text/clean.js";

/** What is known of a failure below us. Told by its properties: it may come from another realm or copy. */
export interface Cause {
  /** E.g. `ECONNREFUSED`; empty where there is none. */
  readonly code: string;
  /** The system's code, or a few words: the codes of undici repeat what the sentence around it says. */
  readonly text: string;
}

export function causeOf(cause: unknown): Cause {
  const code = textAt(cause, "code");
  const isSystem = code !== "" && !code.startsWith("UND_ERR_");
  const text = isSystem ? code : shorten(clean(textAt(cause, "message")), 120);
  return { code, text: text === "" ? "unknown reason" : text };
}

function textAt(object: unknown, name: string): string {
  const value: unknown = typeof object === "object" && object !== null ? Reflect.get(object, name) : undefined;
  return typeof value === "string" ? value : "";
}
