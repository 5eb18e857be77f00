import { createHash } from "node:crypto";
import { requireText } from "./argument.js";
import { UsageError, VultrInferenceError } from "./http/errors.js";
import type { CallOptions } from "./http/index.js";
import type { ItemSummary, NewItem } from "./item.js";
import { shorten } from "../text/clean.js";

/** How many texts are added. */
export interface AddManyOptions extends Omit<CallOptions, "once" | "extraBody"> {
  /**
   * Marks the items in their descriptions, as in `Returns [faq#1f0c…]`, so that a run that was broken off goes on where
   * it was: texts that the collection holds under this tag are not added again. Letters, digits, `.`, `_` and `-`, 40
   * at most. Default: none, and each text is added.
   */
  readonly tag?: string | undefined;
  /** Told after each text that is there. */
  readonly onProgress?: ((progress: { readonly done: number; readonly total: number }) => void) | undefined;
}

/** What came of it. */
export interface AddedMany {
  /** The items, in the order of the texts. */
  readonly items: readonly ItemSummary[];
  /** How many were added now; the others were there before. */
  readonly added: number;
}

/** `client.items.addMany` */
export type AddMany = (
  collectionId: string,
  texts: readonly (string | NewItem)[],
  options?: AddManyOptions,
) => Promise<AddedMany>;

const operation = "addItem";
const TAG = /^[\w.-]{1,40}$/u;
/** Characters of a text in the description that it gets. */
const BEGINNING = 60;
/** A text whose answer was lost is looked for so often. */
const ROUNDS = 3;

/** A text on its way. */
interface Wanted {
  readonly item: NewItem;
  /** Stands for the text in its item's description; none without a tag. */
  readonly mark: string | undefined;
}

/** What it is made of. */
interface Parts {
  readonly list: (collectionId: string, options?: CallOptions) => Promise<readonly ItemSummary[]>;
  readonly add: (collectionId: string, item: NewItem, options?: CallOptions) => Promise<{ readonly item: ItemSummary }>;
}

/** @param concurrency how many requests are under way at once. */
export function addMany({ list, add }: Parts, concurrency: number): AddMany {
  return async (collectionId, texts, { tag, onProgress, ...options } = {}) => {
    const wanted = wantedOf(texts, tag);
    const there = new Map<number, ItemSummary>();
    const lookUp = async (): Promise<void> => {
      const listed = await list(collectionId, options);
      for (const [index, { mark }] of wanted.entries()) {
        const found = mark === undefined ? undefined : listed.find(({ description }) => description.endsWith(mark));
        if (found !== undefined) there.set(index, found);
      }
    };
    if (tag !== undefined && wanted.length > 0) await lookUp();
    const before = there.size;
    const tell = (): void => onProgress?.({ done: there.size, total: wanted.length });
    if (before > 0) tell();
    for (let round = 1; there.size < wanted.length; round++) {
      const missing = [...wanted.entries()].filter(([index]) => !there.has(index));
      const lost = await inTurn(missing, concurrency, async ([index, { item, mark }]) => {
        const { description, content } = item;
        const title =
          mark === undefined
            ? description
            : `${description ?? shorten(content.replaceAll(/\s+/gu, " ").trim(), BEGINNING)} ${mark}`;
        const added = await add(collectionId, { content, description: title }, { ...options, once: tag !== undefined });
        there.set(index, added.item);
        tell();
      });
      if (lost === undefined) break;
      // Without a tag, or where it stays lost, only the caller can tell.
      if (tag === undefined || round === ROUNDS || !VultrInferenceError.isInstance(lost) || !lost.outcomeUnknown)
        throw asError(lost);
      await lookUp();
    }
    return { items: wanted.flatMap((_, index) => there.get(index) ?? []), added: there.size - before };
  };
}

function wantedOf(texts: readonly (string | NewItem)[], tag: string | undefined): Wanted[] {
  if (!Array.isArray(texts))
    throw new UsageError("addMany: texts must be a list of texts, or of { content, description }.", { operation });
  if (tag !== undefined && !TAG.test(tag)) {
    throw new UsageError("addMany: tag must have 1 to 40 letters, digits, dots, hyphens or underscores.", {
      operation,
    });
  }
  const seen = new Map<string, number>();
  return texts.map((text: string | NewItem) => {
    const item: NewItem = typeof text === "string" ? { content: text } : text;
    requireText(operation, "content", item.content);
    if (tag === undefined) return { item, mark: undefined };
    const hash = createHash("sha256").update(item.content).digest("hex").slice(0, 16);
    const times = (seen.get(hash) ?? 0) + 1;
    seen.set(hash, times);
    return { item, mark: `[${tag}#${hash}${times === 1 ? "" : `.${times}`}]` };
  });
}

function asError(value: unknown): Error {
  return value instanceof Error ? value : new Error(String(value));
}

/** Does something with each, so many at once, until one fails. @returns why, once all that was under way has ended. */
async function inTurn<T>(all: readonly T[], concurrency: number, work: (one: T) => Promise<void>): Promise<unknown> {
  let next = 0;
  let failure: { readonly error: unknown } | undefined;
  const worker = async (): Promise<void> => {
    while (failure === undefined && next < all.length) {
      const one = all[next++] as T;
      await work(one).catch((error: unknown) => {
        failure ??= { error };
      });
    }
  };
  await Promise.all(Array.from({ length: Math.min(concurrency, all.length) }, worker));
  return failure?.error;
}
