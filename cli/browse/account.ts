import { documentsOf, shown, type ShownChunk, type ShownDocument } from "../../local/emulator/page/documents.js";
import { marksOf } from "../../local/emulator/page/marks.js";
import { each } from "../../provider/api/pool.js";
import type { Client, Collection, Item, ItemSummary } from "../../provider/client/index.js";
import { Kept } from "./kept.js";

/** Which of a collection's chunks are meant; an empty text stands for all. */
export interface Wanted {
  readonly collection: string;
  readonly name: string;
  readonly kind: string;
  readonly owner: string;
}

/** More results are hardly looked at. */
const RESULTS = 20;

/** Chunks of one document that are read: each is a request. */
const CHUNKS = 200;

/** Requests under way at once: the account has other users, too. */
const CONCURRENCY = 8;

/** Items of which nothing says what they are: a list has no texts. */
const NAMELESS = "Without a description";

/** How long what was read is shown again without asking, in milliseconds. */
const FRESH_MS = 30_000;

/** An account as the page shows it. It is read through the API, and nothing in it is changed. */
export class Account {
  readonly #collections = new Kept<Collection[]>(FRESH_MS);
  readonly #items = new Kept<ItemSummary[]>(FRESH_MS);
  readonly #contents = new Kept<Item[]>(FRESH_MS);

  constructor(private readonly client: Client) {}

  /** The collections. Their items are counted by those who look into one. */
  async collections(): Promise<{ readonly id: string; readonly name: string }[]> {
    const all = await this.#collections.get("all", () => this.client.collections.list());
    return all.map(({ id, name }) => ({ id, name }));
  }

  async documents(collection: string): Promise<ShownDocument[]> {
    return documentsOf(
      (await this.#list(collection)).map((item) => ({ ...item, fileId: null, content: NAMELESS })),
      unknown,
    );
  }

  /** @returns the first chunks of a document with their texts, and how many it has. */
  async chunks({ collection, name, kind, owner }: Wanted): Promise<{ chunks: ShownChunk[]; of: number }> {
    const listed = (await this.#list(collection)).filter((item) => {
      const of = toChunk({ ...item, content: "" });
      return of.document === name && [of.kind, ""].includes(kind) && [of.owner, ""].includes(owner);
    });
    const first = listed.slice(0, CHUNKS);
    const items = await this.#contents.get(JSON.stringify(first.map(({ id }) => id)), () =>
      this.#read(collection, first),
    );
    return { chunks: items.map(toChunk), of: listed.length };
  }

  /** What the API finds, best first, with the places of the question's words. */
  async search(collection: string, input: string): Promise<(ShownChunk & { marks: [number, number][] })[]> {
    const [{ results }, listed] = await Promise.all([
      this.client.search(collection, { input, limit: RESULTS }),
      this.#list(collection),
    ]);
    const descriptions = new Map(listed.map(({ id, description }) => [id, description]));
    return results.map((result) => ({
      ...toChunk({ ...result, description: descriptions.get(result.id) ?? "" }),
      marks: marksOf(result.content, input),
    }));
  }

  #list(collection: string): Promise<ItemSummary[]> {
    return this.#items.get(collection, () => this.client.items.list(collection));
  }

  async #read(collection: string, listed: readonly ItemSummary[]): Promise<Item[]> {
    const found = new Map<string, Item>();
    await each({ concurrency: CONCURRENCY }, listed, async ({ id }) => {
      found.set(id, await this.client.items.get(collection, id));
    });
    return listed.flatMap(({ id }) => found.get(id) ?? []);
  }
}

/** The API does not say which file an item was made from. */
const unknown = (): undefined => undefined;

function toChunk({ id, created, description, content }: Item): ShownChunk {
  const chunk = shown({ id, created: Date.parse(created), description, content, fileId: null }, unknown);
  return chunk.title === "" ? { ...chunk, document: NAMELESS } : chunk;
}
