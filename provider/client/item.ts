/** An item as lists show it: without its content. */
export interface ItemSummary {
  readonly id: string;
  /** When it was added, as the API writes it (assumed: ISO 8601, UTC). */
  readonly created: string;
  /** The API's default is a shortened content. */
  readonly description: string;
}

/** A text in a collection. */
export interface Item extends ItemSummary {
  /** Cannot be changed: other content is another item. */
  readonly content: string;
}

/** A text to add. */
export interface NewItem {
  /** At most about 512 tokens. */
  readonly content: string;
  /** Default: a shortened content, which the API makes. */
  readonly description?: string | undefined;
}
