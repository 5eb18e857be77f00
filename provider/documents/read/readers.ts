import type { DocumentTree } from "../tree.js";
import { asciidoc } from "./asciidoc.js";
import { csv } from "./csv.js";
import { decode } from "./decode.js";
import { docx } from "./docx.js";
import { html } from "./html.js";
import { json, jsonLines } from "./json.js";
import type { Ending } from "./kinds.js";
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
export const READERS: Readonly<Record<Ending, Reader>> = {
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
