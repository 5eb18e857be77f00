/** What is known of a document without its text. */
export interface Sizes {
  readonly chunks: number;
  /** By the estimate. */
  readonly tokens: number;
  /** Stands for its bytes and the way it is split. */
  readonly fingerprint: string;
}

/**
 * As the inputs in the state have them, and previews show them: `chunks=9 tokens=3120 aB3dE6gH`. One text, since a
 * state gives each entry of an object a line of its own.
 */
export function writeSizes({ chunks, tokens, fingerprint }: Sizes): string {
  return `chunks=${chunks} tokens=${tokens} ${fingerprint}`;
}

const PATTERN = /^chunks=(\d+) tokens=(\d+) ([\w-]{8,22})$/u;

/**
 * Reads them back, by document. What is none, as in a state of the first format, is left out, and the document read
 * again.
 */
export function readSizes(all: unknown): ReadonlyMap<string, Sizes> {
  const known = new Map<string, Sizes>();
  for (const [name, text] of Object.entries(typeof all === "object" && all !== null ? all : {})) {
    const [, chunks, tokens, fingerprint] = PATTERN.exec(String(text)) ?? [];
    if (fingerprint !== undefined) known.set(name, { chunks: Number(chunks), tokens: Number(tokens), fingerprint });
  }
  return known;
}
