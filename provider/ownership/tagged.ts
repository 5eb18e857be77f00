import type { Listed } from "../api/lists.js";
import type { ItemSummary } from "../client/index.js";
import { isProof } from "./claim.js";
import { readDescription, sameOwner, type Tag } from "./tag.js";

/** An item whose description begins with a tag. */
export interface TaggedItem extends ItemSummary {
  readonly tag: Tag;
  readonly title: string;
}

/** The items of a list with a claim. A list is gone through once, whoever asks. */
export function withClaim(items: Listed<ItemSummary>, claim: string): readonly TaggedItem[] {
  return isProof(claim) ? (items.derived(byClaim).get(claim) ?? []) : [];
}

function byClaim(items: Iterable<ItemSummary>): ReadonlyMap<string, readonly TaggedItem[]> {
  const found = new Map<string, TaggedItem[]>();
  for (const item of tagged(items)) {
    for (const one of item.tag.claims) {
      const others = found.get(one);
      if (others) others.push(item);
      else found.set(one, [item]);
    }
  }
  return found;
}

/** The items that bear a tag. */
export function tagged(items: Iterable<ItemSummary>): TaggedItem[] {
  return Array.from(items, taggedOne).filter((item) => item !== undefined);
}

function taggedOne(item: ItemSummary): TaggedItem | undefined {
  const { tag, title } = readDescription(item.description);
  return tag && { ...item, tag, title };
}

/** The items with the tag of an owner, of an `Item` or of `Documents`. */
export function ofOwner(items: Listed<ItemSummary>, owner: string, kind: "item" | "documents"): TaggedItem[] {
  return items
    .mapped(taggedOne)
    .filter((item) => item !== undefined)
    .filter(({ tag }) => sameOwner(tag, { owner }) && (tag.chunk !== undefined) === (kind === "documents"));
}
