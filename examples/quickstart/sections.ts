import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { RunError } from "@pulumi/pulumi";

/** One piece of a document, small enough to be an item. */
export interface Section {
  /** Unique within the folder, and stable while other sections change. */
  name: string;
  /** The document's path within the folder. */
  document: string;
  /** The document and the headings above the text. */
  title: string;
  text: string;
  /** An estimate that is rather too high than too low. */
  tokens: number;
}

const EXTENSIONS = [".md", ".markdown", ".txt"];
const MAX_TOKENS = 400;

/** Reads the Markdown and text files of a folder, cut at headings, and at paragraphs where a section is long. */
export function readSections(folder: string): Section[] {
  if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory()) {
    throw new RunError(`folder: "${folder}" is not a folder. Set it to one that holds Markdown or text files.`);
  }
  const sections = findDocuments(folder).flatMap((document) => cut(document, readFileSync(join(folder, document), "utf8")));
  if (sections.length === 0) throw new RunError(`folder: "${folder}" has no Markdown or text in it (${EXTENSIONS.join(", ")}).`);
  return sections;
}

function findDocuments(folder: string, below = ""): string[] {
  const entries = readdirSync(join(folder, below), { withFileTypes: true });
  return entries
    .filter(({ name }) => !name.startsWith(".") && name !== "node_modules")
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const path = below === "" ? entry.name : `${below}/${entry.name}`;
      if (entry.isDirectory()) return findDocuments(folder, path);
      return entry.isFile() && EXTENSIONS.some((extension) => path.toLowerCase().endsWith(extension)) ? [path] : [];
    });
}

function cut(document: string, source: string): Section[] {
  const seen = new Map<string, number>();
  return cutAtHeadings(source).flatMap(({ headings, text }) =>
    pack(text).map((piece) => {
      const base = [document, ...headings.slice(-1).map(slug)].join("#");
      const count = (seen.get(base) ?? 0) + 1;
      seen.set(base, count);
      // A piece from the middle of a section would not say by itself what it is about.
      const whole = piece.startsWith("#") || headings.length === 0 ? piece : `${headings.join(" › ")}\n\n${piece}`;
      return {
        name: count === 1 ? base : `${base}~${count}`,
        document,
        title: [document, ...headings].join(" › "),
        text: whole,
        tokens: estimateTokens(whole),
      };
    }),
  );
}

function slug(heading: string): string {
  return heading.toLowerCase().replaceAll(/[^\p{L}\p{N}]+/gu, "-").replaceAll(/^-|-$/gu, "");
}

/** Cuts Markdown at its headings; what looks like one inside a code block is none. */
function cutAtHeadings(source: string): { headings: string[]; text: string }[] {
  const parts: { headings: string[]; lines: string[] }[] = [{ headings: [], lines: [] }];
  let fence: string | undefined;
  for (const line of source.replaceAll("\r\n", "\n").split("\n")) {
    const mark = /^\s*(```|~~~)/u.exec(line)?.[1];
    if (mark !== undefined && (fence === undefined || fence === mark)) fence = fence === undefined ? mark : undefined;
    const heading = fence === undefined ? /^(#{1,6})\s+(.+?)\s*#*$/u.exec(line) : null;
    const current = parts[parts.length - 1];
    if (heading?.[1] && heading[2]) parts.push({ headings: [...(current?.headings ?? []).slice(0, heading[1].length - 1), heading[2]], lines: [line] });
    else current?.lines.push(line);
  }
  return parts
    .map(({ headings, lines }) => ({ headings, text: lines.join("\n").trim() }))
    .filter(({ headings, text }) => text !== "" && (headings.length === 0 || text.includes("\n")));
}

/** Puts whole paragraphs together as long as they fit; a paragraph that is too long by itself is cut at words. */
function pack(text: string): string[] {
  const pieces: string[] = [];
  for (const part of text.split(/\n{2,}/u).flatMap((paragraph) => split(paragraph))) {
    const together = `${pieces[pieces.length - 1] ?? ""}\n\n${part}`.trim();
    if (pieces.length > 0 && estimateTokens(together) <= MAX_TOKENS) pieces[pieces.length - 1] = together;
    else pieces.push(part);
  }
  return pieces;
}

function split(paragraph: string): string[] {
  if (estimateTokens(paragraph) <= MAX_TOKENS) return [paragraph];
  const middle = Math.floor(paragraph.length / 2);
  const space = paragraph.slice(0, middle).search(/\s\S*$/u);
  const betweenLetters = /[\uDC00-\uDFFF]/u.test(paragraph.charAt(middle)) ? middle + 1 : middle;
  const at = space > 0 ? space + 1 : betweenLetters;
  return [paragraph.slice(0, at), paragraph.slice(at)].map((half) => half.trim()).filter((half) => half !== "").flatMap(split);
}

/** One token for each sign and ideograph, one for each four letters or digits of a word begun. */
function estimateTokens(text: string): number {
  const words = text.match(/\p{Ideographic}|[\p{L}\p{N}]+|\S/gu) ?? [];
  return words.reduce((sum, word) => sum + Math.ceil(word.length / 4), 0);
}
