import { count } from "../../text/quantity.js";

/** What is known of a document without its text. */
export interface Sizes {
  readonly chunks: number;
  /** By the estimate. */
  readonly tokens: number;
  /** Stands for its bytes and the way it is split. */
  readonly fingerprint: string;
}

const PATTERN = /^([\d,]+) chunks?, ([\d,]+) tokens? \(([\w-]{8,22})\)$/u;

/** As previews show a document among the inputs: `9 chunks, 3,120 tokens (aB3dE6gH)`. */
export function writeSizes({ chunks, tokens, fingerprint }: Sizes): string {
  return `${count(chunks, "chunk")}, ${count(tokens, "token")} (${fingerprint})`;
}

/** Takes such lines apart, by document. Whatever is none is left out. */
export function readSizes(lines: unknown): ReadonlyMap<string, Sizes> {
  const known = new Map<string, Sizes>();
  if (typeof lines !== "object" || lines === null) return known;
  for (const [name, line] of Object.entries(lines)) {
    const sizes = readLine(line);
    if (sizes) known.set(name, sizes);
  }
  return known;
}

function readLine(line: unknown): Sizes | undefined {
  const match = typeof line === "string" ? PATTERN.exec(line) : null;
  if (!match) return undefined;
  const [, chunks = "", tokens = "", fingerprint = ""] = match;
  return { chunks: numberOf(chunks), tokens: numberOf(tokens), fingerprint };
}

function numberOf(digits: string): number {
  return Number(digits.replaceAll(",", ""));
}
