import type { ItemSummary } from "../client/index.js";
import { isProof } from "./claim.js";
import { readDescription, sameOwner, type Tag } from "./tag.js";

/** An item whose description begins with a tag. */
export interface TaggedItem extends ItemSummary {
  readonly tag: Tag;
  readonly title: string;
}

const indexes = new WeakMap<ReadonlyMap<string, ItemSummary>, { readonly size: number; readonly byClaim: ReadonlyMap<string, readonly TaggedItem[]> }>();

/** The items of a list with a claim. A list is gone through once, whoever asks. */
export function withClaim(items: ReadonlyMap<string, ItemSummary>, claim: string): readonly TaggedItem[] {
  if (!isProof(claim)) return [];
  const known = indexes.get(items);
  if (known?.size === items.size) return known.byClaim.get(claim) ?? [];
  const byClaim = new Map<string, TaggedItem[]>();
  for (const item of tagged(items.values())) {
    for (const one of item.tag.claims) {
      const others = byClaim.get(one);
      if (others) others.push(item);
      else byClaim.set(one, [item]);
    }
  }
  indexes.set(items, { size: items.size, byClaim });
  return byClaim.get(claim) ?? [];
}

/** The items that bear a tag. */
export function tagged(items: Iterable<ItemSummary>): TaggedItem[] {
  return Array.from(items).flatMap((item) => {
    const { tag, title } = readDescription(item.description);
    return tag ? [{ ...item, tag, title }] : [];
  });
}

/** The items with the tag of an owner, of an `Item` or of `Documents`. */
export function ofOwner(items: Iterable<ItemSummary>, owner: string, kind: "item" | "documents"): TaggedItem[] {
  return tagged(items).filter(({ tag }) => sameOwner(tag, { owner }) && (tag.chunk !== undefined) === (kind === "documents"));
}
