import { basename, extname } from "node:path/posix";

/** The endings of names that documents have, without the dot. */
export const ENDINGS = [
  "md",
  "markdown",
  "mdx",
  "txt",
  "text",
  "html",
  "htm",
  "xhtml",
  "csv",
  "tsv",
  "json",
  "jsonl",
  "ndjson",
  "yaml",
  "yml",
  "rst",
  "adoc",
  "asciidoc",
  "org",
  "ipynb",
  "pdf",
  "docx",
] as const;

export type Ending = (typeof ENDINGS)[number];

/** Whether documents are read whose names end in a word. */
export function isEnding(word: string): word is Ending {
  return (ENDINGS as readonly string[]).includes(word);
}

/** Files without an ending that are no Markdown: those of build tools, lists of owners and licences. */
const PLAIN = /(?:file|owners)$|^(?:licen[cs]e|copying|notice|authors|unlicense)/iu;

/** A name's ending in small letters, without the dot; empty where there is none. */
export function endingOf(name: string): string {
  return extname(name).slice(1).toLowerCase();
}

/**
 * What a document's name says that it is: its ending. Without one it is Markdown, as a README is, but for what is known
 * to be none.
 */
export function kindOf(name: string): string {
  const ending = endingOf(name);
  if (ending !== "") return ending;
  return PLAIN.test(basename(name)) ? "txt" : "md";
}
