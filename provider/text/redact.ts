/** Keys and documents taken out of a text that is shown or kept. */
import { clean } from "./clean.js";

/** Replaces secrets and documents in a text. */
export type Redact = (text: string) => string;

/** Below this length a "secret" would tear holes into ordinary words. */
const shortestSecret = 6;

/** Fewer letters and digits in a row may be an ordinary word. */
const shortestHidden = 12;
/** Stands where the key stood. */
const removed = "[apiKey]";

/**
 * A function that takes out the key, in each of the forms in which it may be echoed. A text in which it stands in
 * another form all the same, backwards or with something between its letters, is taken out whole.
 */
export function redactKey(key: string): Redact {
  if (key.length < shortestSecret) return (text) => text;
  const bytes = Buffer.from(key, "utf8");
  const encoded = [0, 1, 2].flatMap((offset) => inBase64(bytes, offset));
  const secrets = [
    ...new Set([key, JSON.stringify(key).slice(1, -1), encodeURIComponent(key), bytes.toString("hex"), ...encoded]),
  ];
  const known = new RegExp(secrets.map(escaped).join("|"), "giu");
  const hidden = [key, bytes.toString("hex")].map(squeezed).filter(({ length }) => length >= shortestHidden);
  const forms = hidden.flatMap((form) => [form, Array.from(form).reverse().join("")]);
  const shortest = Math.min(...hidden.map(({ length }) => length));
  return (text) => {
    const rest = text.replace(known, removed);
    if (rest.length < shortest) return rest;
    const letters = squeezed(rest);
    return forms.some((form) => letters.includes(form)) ? removed : rest;
  };
}

function escaped(text: string): string {
  return text.replaceAll(/[$()*+./?[\\\]^{|}]/gu, "\\$&");
}

/** Letters and digits alone, in lower case. */
function squeezed(text: string): string {
  return text.toLowerCase().replaceAll(/[^a-z\d]+/gu, "");
}

/**
 * What bytes become within a Base64 text that begins so many bytes before them, both alphabets, without what hangs on
 * the neighbours.
 */
function inBase64(bytes: Buffer, offset: number): string[] {
  const padded = Buffer.concat([Buffer.alloc(offset), bytes]);
  const sure = padded.toString("base64").slice(offset === 0 ? 0 : offset + 1, Math.floor((padded.length * 8) / 6));
  return sure.length < shortestSecret ? [] : [sure, sure.replaceAll("+", "-").replaceAll("/", "_")];
}

/** From this length on, what a refusal and a document have in common is taken for a quotation. */
const shortestQuotation = 16;
/** So much of a refusal is looked through: more is not shown. */
const longestRefusal = 1_000;

/** The text without the documents that went out with the request and came back in its refusal, whole or in parts. */
export function withoutDocuments(text: string, documents: readonly string[] = []): string {
  return documents
    .map(clean)
    .filter((document) => document.length >= shortestSecret)
    .reduce(
      (rest, document) => withoutQuotations(rest.replaceAll(document, "[…]").slice(0, longestRefusal), document),
      text,
    );
}

function withoutQuotations(text: string, document: string): string {
  let kept = "";
  for (let at = 0; at < text.length; ) {
    const length = quotationAt(text, at, document);
    kept += length > 0 ? "[…]" : text.charAt(at);
    at += Math.max(1, length);
  }
  return kept;
}

/** How many characters from here on are the document's as well; 0 where it is too few to be a quotation. */
function quotationAt(text: string, at: number, document: string): number {
  if (at + shortestQuotation > text.length || text.charAt(at) === " ") return 0;
  let length = shortestQuotation;
  let place = document.indexOf(text.slice(at, at + length));
  if (place < 0) return 0;
  while (at + length < text.length && place >= 0) place = document.indexOf(text.slice(at, at + ++length), place);
  return place < 0 ? length - 1 : length;
}
