import type { Client, Collection, ItemSummary } from "../../provider/client/index.js";
import type { openApi } from "../api.js";
import { each } from "../../provider/api/pool.js";
import { labelOf } from "../../provider/ownership/title.js";

/** What a collection holds, told apart by what is known of it. */
export interface Survey {
  readonly collection: Collection;
  /** Items that nothing manages, and that no file stands behind. */
  readonly free: readonly ItemSummary[];
  /** Items that bear the tag of a stack's resource. */
  readonly managed: readonly ItemSummary[];
  /** Items of which it cannot be told whether the API made them of a file: the collection has files. */
  readonly unclear: readonly ItemSummary[];
  readonly files: number;
}

/** An item with its content. */
export interface WholeItem extends ItemSummary {
  readonly content: string;
}

/** Looks at a collection without reading any content. */
export async function survey(client: Client, collection: Collection): Promise<Survey> {
  const [items, files] = await Promise.all([client.items.list(collection.id), client.files.list(collection.id)]);
  const managed = items.filter(({ description }) => labelOf(description).isTagged);
  const others = items.filter(({ description }) => !labelOf(description).isTagged);
  return {
    collection,
    managed,
    files: files.length,
    free: files.length === 0 ? others : [],
    unclear: files.length === 0 ? [] : others,
  };
}

/** Reads the contents of items, in the order given. */
export async function withContents(
  { client, concurrency }: ReturnType<typeof openApi>,
  collectionId: string,
  items: readonly ItemSummary[],
  onRead: (done: number) => void,
): Promise<WholeItem[]> {
  const found = new Map<string, WholeItem>();
  await each({ concurrency }, items, async ({ id }) => {
    found.set(id, await client.items.get(collectionId, id));
    onRead(found.size);
  });
  return items.flatMap(({ id }) => found.get(id) ?? []);
}
