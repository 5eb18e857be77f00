import { readLedger, type Ledger, type LedgerEntry } from "./ledger.js";
import { plan, withOccurrences, type PieceKey } from "./plan.js";
import { outlineOf, type Outline } from "./scan.js";
import type { Inputs, State } from "./schema.js";
import { readSizes, type Sizes } from "./sizes.js";
import { quote } from "./source/names.js";
import { count, number } from "./words.js";

/** What a deployment is going to do with the documents. */
export interface Review {
  /** A line for each document under a headline; of a secret source the headline alone. */
  readonly text: string;
  /** Not there where this process has not read the documents. */
  readonly tokensToEmbed: number | undefined;
}

/** So many documents are named. */
const SHOWN = 40;
const SECTIONS_SHOWN = 6;

interface Known extends PieceKey {
  readonly section: string;
}

interface Wanted extends Known {
  readonly tokens: number;
}

/** What is deployed for the first time. */
export function reviewOfNew(documents: readonly (Sizes & { readonly name: string })[], { confidential }: Pick<Inputs, "confidential">): string {
  const pieces = documents.reduce((sum, document) => sum + document.pieces, 0);
  const tokens = documents.reduce((sum, document) => sum + document.tokens, 0);
  const headline = `${count(documents.length, "document")} to upload: ${count(pieces, "piece")}, about ${count(tokens, "token")} to embed`;
  return page(headline, confidential ? [] : documents.map((document) => `+ ${shown(document.name)}  ${sizesInWords(document)}`));
}

/** What changes, document by document. */
export function review(state: Pick<State, "ledger" | "drift">, { documents, confidential }: Pick<Inputs, "documents" | "confidential">): Review {
  const ledger = readLedger(state.ledger);
  const declared = new Map(Object.entries(documents).map(([name, line]) => [name, readSizes(line)]));
  const changed = Array.from(declared).filter(([name, sizes]) => sizes !== undefined && ledger.get(name)?.fingerprint !== sizes.fingerprint) as [string, Sizes][];
  const gone = Array.from(ledger).filter(([name]) => !declared.has(name));
  const wanted = changed.map(([name, { fingerprint }]) => [name, outlineOf(fingerprint)] as const);
  const drifted = Object.entries(state.drift ?? {}).map(([name, what]) => `! ${shown(name)}  ${what}`);
  if (wanted.some(([, outline]) => outline === undefined)) return roughly(ledger, changed, gone, drifted, confidential);

  const have = withOccurrences([...changed, ...gone].flatMap(([name]) => wholes(name, ledger.get(name))));
  const want: Wanted[] = withOccurrences(wanted.flatMap(([name, outline = []]) => outline.map((piece: Outline) => ({ document: name, ...piece }))));
  const { add, move, remove } = plan<Known, Wanted>(have, want);
  const tokensToEmbed = add.reduce((sum, { tokens }) => sum + tokens, 0);
  const headline = headlineOf([
    changed.length + gone.length > 0 && `${number(changed.length + gone.length)} of ${count(new Set([...declared.keys(), ...ledger.keys()]).size, "document")} ${changed.length + gone.length === 1 ? "changes" : "change"}`,
    drifted.length > 0 && driftInWords(drifted),
    add.length > 0 && `${count(add.length, "piece")} to embed, about ${count(tokensToEmbed, "token")}`,
    add.length === 0 && changed.length + gone.length > 0 && "nothing to embed",
    move.length > 0 && `${number(move.length)} to relabel`,
    remove.length > 0 && `${number(remove.length)} to delete`,
  ]);
  const lineOf = ([name, sizes]: readonly [string, Sizes]): string => {
    const added = add.filter(({ document }) => document === name);
    const dropped = remove.filter(({ document }) => document === name);
    const from = [...new Set(move.filter((pair) => pair.want.document === name && pair.have.document !== name).map((pair) => pair.have.document))];
    const isNew = !ledger.has(name);
    const tokens = added.reduce((sum, piece) => sum + piece.tokens, 0);
    const cost = added.length === 0 ? "nothing to embed" : isNew ? sizesInWords({ pieces: added.length, tokens }) : `${number(added.length)} of ${count(sizes.pieces, "piece")}, ${count(tokens, "token")}`;
    const where = isNew ? "" : sections(": ", added, dropped);
    return `${isNew ? "+" : "~"} ${shown(name)}  ${cost}${from.length > 0 ? `, moved from ${from.map(shown).join(", ")}` : ""}${where}`;
  };
  const lines = [...changed.map(lineOf), ...gone.map(([name, entry]) => `- ${shown(name)}  ${count(entry.pieces.length, "piece")}`), ...drifted];
  return { text: page(headline, confidential ? [] : lines), tokensToEmbed };
}

/** Pieces as they were cut: parts that the API wanted smaller are one again. */
function wholes(document: string, entry: LedgerEntry | undefined): { document: string; hash: string; section: string }[] {
  const seen = new Set<string>();
  return (entry?.pieces ?? []).flatMap(({ hash, section, partOf }) => {
    if (partOf !== undefined && seen.has(partOf)) return [];
    if (partOf !== undefined) seen.add(partOf);
    return [{ document, hash: partOf ?? hash, section }];
  });
}

/** Without the documents' text, which a refresh does not read. */
function roughly(ledger: Ledger, changed: readonly [string, Sizes][], gone: readonly [string, LedgerEntry][], drifted: readonly string[], confidential: boolean | undefined): Review {
  const lines = [
    ...changed.map(([name, sizes]) => `${ledger.has(name) ? "~" : "+"} ${shown(name)}  ${sizesInWords(sizes)}`),
    ...gone.map(([name, { pieces }]) => `- ${shown(name)}  ${count(pieces.length, "piece")}`),
    ...drifted,
  ];
  const headline = headlineOf([
    changed.length + gone.length > 0 && `${count(changed.length + gone.length, "document")} ${changed.length + gone.length === 1 ? "differs" : "differ"} from what is deployed`,
    drifted.length > 0 && driftInWords(drifted),
  ]);
  return { text: page(headline, confidential ? [] : lines), tokensToEmbed: undefined };
}

/** What changes, if anything, and what follows from it. */
function headlineOf(parts: readonly (string | false)[]): string {
  const [first = "", ...rest] = parts.filter((part) => part !== false);
  if (rest.length === 0) return first === "" ? "Only settings change: nothing to embed" : first;
  return `${first}: ${rest.join(", ")}`;
}

function driftInWords(drifted: readonly string[]): string {
  return `${count(drifted.length, "document")} to mend, since the API holds something else than was deployed`;
}

function sizesInWords({ pieces, tokens }: Pick<Sizes, "pieces" | "tokens">): string {
  return `${count(pieces, "piece")}, ${count(tokens, "token")}`;
}

/** The headings under which something changes. One whose pieces only go is told as removed. */
function sections(start: string, added: readonly Known[], dropped: readonly Known[]): string {
  const names = (pieces: readonly Known[]): string[] => [...new Set(pieces.map(({ section }) => section).filter((section) => section !== ""))];
  const [changed, removed] = [names(added), names(dropped)];
  const short = (section: string): string => section.replace(/…$/u, "");
  const onlyRemoved = removed.filter((section) => !changed.some((other) => other.startsWith(short(section))));
  const listed = [listOf(changed), onlyRemoved.length === 0 ? "" : `without ${listOf(onlyRemoved)}`].filter((part) => part !== "");
  return listed.length === 0 ? "" : `${start}${listed.join("; ")}`;
}

function listOf(names: readonly string[]): string {
  const more = names.length > SECTIONS_SHOWN ? [`${number(names.length - SECTIONS_SHOWN)} more`] : [];
  return [...names.slice(0, SECTIONS_SHOWN), ...more].join(", ");
}

/** A name as it is, unless something in it would not be seen. */
export function shown(name: string): string {
  const quoted = quote(name);
  return quoted === `"${name}"` ? name : quoted;
}

function page(headline: string, lines: readonly string[]): string {
  const more = lines.length > SHOWN ? [`… ${number(lines.length - SHOWN)} more`] : [];
  return [headline, ...lines.slice(0, SHOWN), ...more].join("\n");
}
