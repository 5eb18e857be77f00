import { basename, extname } from "node:path/posix";
import type { DocumentTree } from "../tree.js";
import { asciidoc } from "./asciidoc.js";
import { csv } from "./csv.js";
import { decode } from "./decode.js";
import { docx } from "./docx.js";
import { html } from "./html.js";
import { json, jsonLines } from "./json.js";
import { markdown, mdx } from "./markdown.js";
import { notebook } from "./notebook.js";
import { org } from "./org.js";
import { pdf } from "./pdf.js";
import { rst } from "./rst.js";
import { text } from "./text.js";
import { xhtml } from "./xhtml.js";
import { yaml } from "./yaml.js";

/** Reads the bytes of a document. It loads the library that it needs when it is first called. @throws DocumentError */
export type Reader = (bytes: Uint8Array) => DocumentTree | Promise<DocumentTree>;

const ofText =
  (read: (source: string) => DocumentTree | Promise<DocumentTree>): Reader =>
  (bytes) =>
    read(decode(bytes));

const ofMarkup =
  (read: (source: string) => Promise<DocumentTree>): Reader =>
  (bytes) =>
    read(decode(bytes, true));

/** By the endings of names, in small letters. */
export const READERS: Readonly<Record<string, Reader>> = {
  md: ofText(markdown),
  markdown: ofText(markdown),
  mdx: ofText(mdx),
  txt: ofText(text),
  text: ofText(text),
  html: ofMarkup(html),
  htm: ofMarkup(html),
  xhtml: ofMarkup(xhtml),
  csv: ofText((source) => csv(source)),
  tsv: ofText((source) => csv(source, "\t")),
  json: ofText(json),
  jsonl: ofText(jsonLines),
  ndjson: ofText(jsonLines),
  yaml: ofText(yaml),
  yml: ofText(yaml),
  rst: ofText(rst),
  adoc: ofText(asciidoc),
  asciidoc: ofText(asciidoc),
  org: ofText(org),
  ipynb: ofText(notebook),
  pdf,
  docx,
};

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
