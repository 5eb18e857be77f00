import type { Passing } from "./odd-api.js";
import { spellings } from "./traces.js";

/** How an API may repeat what it was given. */
export const FORMS: Readonly<Record<string, (text: string) => string>> = {
  "as it is": (text) => text,
  "in upper case": (text) => text.toUpperCase(),
  spaced: (text) => Array.from(text).join(" "),
  reversed: (text) => Array.from(text).reverse().join(""),
  "in Base64": (text) => Buffer.from(text).toString("base64"),
  "in hexadecimal": (text) => Buffer.from(text).toString("hex"),
};

/** The texts of an answer that say something; ids, which requests go by, where told to. */
const SAYING = /^(?:name|filename|status|error|description|content|created|message|detail)$/u;

/**
 * An answer in which each text is another one.
 *
 * @param keepsTags whether descriptions keep the tags before their titles.
 */
export function saying(
  text: string,
  { ids = false, keepsTags = false } = {},
): (passing: Passing, answer: unknown) => unknown {
  const turned = (value: unknown, name = ""): unknown => {
    if (Array.isArray(value)) return value.map((entry) => turned(entry));
    if (typeof value === "object" && value !== null)
      return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, turned(inner, key)]));
    if (typeof value === "string" && keepsTags && name === "description")
      return value.replace(/^(\[vi:[^\]]*\] )?.*$/su, (_whole, tag: string | undefined) => `${tag ?? ""}${text}`);
    return typeof value === "string" && (SAYING.test(name) || (ids && name === "id")) ? text : value;
  };
  return (_passing, answer) => turned(answer);
}

/** So many letters and digits in a row of a secret are a part of it, as where a text was cut. */
const PART = 15;

/**
 * In which of all the forms a secret, or a part of it, stands in a text: letter by letter, or hidden between other
 * characters.
 */
export function formsIn(text: string, secret: string): string[] {
  const letters = squeezed(text);
  const hidden = [secret, Buffer.from(secret).toString("hex")].flatMap((form) => [
    squeezed(form),
    Array.from(squeezed(form)).reverse().join(""),
  ]);
  const parts = hidden.flatMap((form) =>
    Array.from({ length: Math.max(1, form.length - PART + 1) }, (_, at) => form.slice(at, at + PART)),
  );
  return [
    ...spellings(secret).filter((form) => text.includes(form)),
    ...parts.filter((part) => letters.includes(part)),
  ];
}

function squeezed(text: string): string {
  return text.toLowerCase().replaceAll(/[^a-z\d]+/gu, "");
}
