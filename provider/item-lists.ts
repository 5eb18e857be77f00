import type { Client, ItemSummary } from "./client/index.js";
import type { Clock } from "./lifecycle.js";

/** How long one listing answers for all items of a collection in a refresh, in milliseconds. */
const FRESH_FOR = 5_000;

/**
 * Lists of items, shared between the resources of one process: a refresh of a thousand items costs one request a
 * collection. A list only ever confirms what is known; whoever finds something missing or changed in it looks again.
 */
export class ItemLists {
  readonly #lists = new Map<string, { at: number; items: Promise<ReadonlyMap<string, ItemSummary>> }>();

  constructor(
    private readonly client: Client,
    private readonly clock: Clock,
  ) {}

  /** Items by id, listed at most a few seconds ago. */
  recent(collectionId: string): Promise<ReadonlyMap<string, ItemSummary>> {
    const known = this.#lists.get(collectionId);
    return known && this.clock.now() - known.at < FRESH_FOR ? known.items : this.fresh(collectionId);
  }

  /**
   * Items by id as this process first saw them. Enough to find what an earlier, interrupted run left behind; what this
   * process adds itself is not in it.
   */
  first(collectionId: string): Promise<ReadonlyMap<string, ItemSummary>> {
    return this.#lists.get(collectionId)?.items ?? this.fresh(collectionId);
  }

  /** Items by id, listed now. */
  fresh(collectionId: string): Promise<ReadonlyMap<string, ItemSummary>> {
    const items = this.client.items.list(collectionId).then((list) => new Map(list.map((item) => [item.id, item])));
    this.#lists.set(collectionId, { at: this.clock.now(), items });
    items.catch(() => this.#lists.delete(collectionId));
    return items;
  }
}
