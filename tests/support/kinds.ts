import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { ENDINGS } from "../../provider/documents/read/kinds";
import { pdf, wordDocument } from "../provider/documents/read/made";

const bread = (kind: string): string => `Bread of the kind ${kind} is baked on Mondays.`;

const SAMPLES: Readonly<Record<string, (kind: string) => string | Buffer>> = {
  html: (kind) => `<h1>Bread</h1><p>${bread(kind)}</p>`,
  htm: (kind) => `<h1>Bread</h1><p>${bread(kind)}</p>`,
  csv: (kind) => `about,text\nbread,${bread(kind)}\n`,
  tsv: (kind) => `about\ttext\nbread\t${bread(kind)}\n`,
  json: (kind) => JSON.stringify({ text: bread(kind) }),
  jsonl: (kind) => `${JSON.stringify({ text: bread(kind) })}\n`,
  ndjson: (kind) => `${JSON.stringify({ text: bread(kind) })}\n`,
  pdf: (kind) => pdf([bread(kind)]),
  docx: (kind) =>
    wordDocument(
      "<w:document " +
        `xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p><w:r><w:t>${bread(kind)}</w:t></w:r></w:p></w:body></w:document>`,
      "<w:styles/>",
    ),
  xhtml: (kind) => `<html xmlns="http://www.w3.org/1999/xhtml"><body><p>${bread(kind)}</p></body></html>`,
  ipynb: (kind) =>
    JSON.stringify({
      nbformat: 4,
      nbformat_minor: 5,
      metadata: {},
      cells: [{ cell_type: "markdown", metadata: {}, source: [bread(kind)] }],
    }),
};

/** The names of the documents that {@link writeEachKind} writes, sorted. */
export const EACH_KIND: readonly string[] = ENDINGS.map((ending) => `bread.${ending}`).sort();

/** Writes a tiny document of each kind that can be read into a folder. */
export function writeEachKind(folder: string): void {
  mkdirSync(folder, { recursive: true });
  for (const kind of ENDINGS) writeFileSync(join(folder, `bread.${kind}`), (SAMPLES[kind] ?? bread)(kind));
}

/** The kinds that are told of in texts. */
export function kindsIn(texts: readonly string[]): string[] {
  return texts
    .flatMap((text) => /Bread of the kind (\w+) is baked/u.exec(text)?.[1] ?? [])
    .map((kind) => `bread.${kind}`)
    .sort();
}
