import { toldId } from "../../client/http/path.js";
import { clean, shorten } from "../../text/clean.js";
import { documentKey } from "../../ownership/tag.js";
import { BETWEEN, labelOf, type Label } from "../../ownership/title.js";
import type { Expectation } from "./schema.js";

/** A result of a search, with the description that the list of items has of it. */
export interface Hit {
  readonly id: string;
  readonly content: string;
  /** Empty where the list does not have the item. */
  readonly description: string;
  /** Whether it may be made of a secret file, which only a tag of another resource rules out. Default: false. */
  readonly mayBeSecret?: boolean;
}

/** Whether a result is what is expected, in all parts that are given. */
export function meets({ document, section, text }: Expectation, { content, description }: Hit): boolean {
  return (
    (document === undefined || isOf(document, read(description))) &&
    (section === undefined || isUnder(section, read(description))) &&
    (text === undefined || folded(content).includes(folded(text)))
  );
}

const TITLE_LENGTH = 80;

/**
 * What a result is called. A title that is only the beginning of the content counts as none: contents are neither stored
 * nor shown; and the title of something secret is neither.
 */
export function nameOf({ id, content, description, mayBeSecret = false }: Hit): string {
  const label = read(description);
  return label.isSecret || (mayBeSecret && !label.isTagged) || label.title === "" || isMadeOf(content, label) ? `item ${toldId(id)}` : shorten(clean(label.title), TITLE_LENGTH);
}

function read(description: string): Label {
  const label = labelOf(description);
  return { ...label, title: onOneLine(label.title) };
}

/** Whether a title was not declared, but made of the content: by this provider, whole or with a sign that it was cut, or by the API. */
function isMadeOf(content: string, { title, document, isTagged }: Label): boolean {
  if (document !== undefined) return false;
  const beginning = title.replace(/ ?…$/u, "");
  return isTagged && beginning === title ? onOneLine(content) === title : onOneLine(content).startsWith(beginning);
}

function isOf(name: string, { title, document }: Label): boolean {
  const wanted = composed(name);
  if (document !== undefined && [name, wanted].some((either) => documentKey(either) === document)) return true;
  return [title, title.split(BETWEEN)[0] ?? ""].some((known) => composed(known) === wanted);
}

/** Whether the headings of a title have the wanted ones, each right below the other. What a chunk's title begins with is no heading. */
function isUnder(section: string, { title, document }: Label): boolean {
  const headings = document === undefined ? title : title.split(BETWEEN).slice(1).join(BETWEEN);
  const edged = (path: string): string => `\n${folded(path).split(/ [›>] /u).join("\n")}\n`;
  return edged(headings).includes(edged(section));
}

function onOneLine(text: string): string {
  return text.replaceAll(/\s+/gu, " ").trim();
}

/** On one line, and in the one form in which Unicode composes it. */
function composed(text: string): string {
  return onOneLine(text.normalize("NFC"));
}

function folded(text: string): string {
  return composed(text).toLowerCase();
}
