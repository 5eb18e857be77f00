import type { Client } from "../../provider/client/index.js";
import { titleOf } from "../../provider/ownership/title.js";

/** An item as a test looks at it. */
export interface TestItem {
  readonly id: string;
  /** Its description without the tag of the resource that manages it: for a chunk, `returns.md › Deadline`. */
  readonly title: string;
  readonly content: string;
}

/** The items of a collection with their contents, in alphabetical order of their titles, then of their contents. */
export async function itemsIn(client: Client, collection: string): Promise<TestItem[]> {
  const id = await idOf(client, collection);
  const items = await Promise.all(
    (await client.items.list(id)).map(async ({ id: item, description }) => {
      const { content } = await client.items.get(id, item);
      return { id: item, title: titleOf(description), content };
    }),
  );
  return items.sort((a, b) => order(a.title, b.title) || order(a.content, b.content));
}

/** The items that answer a question, best first. */
export async function itemsFor(client: Client, collection: string, question: string): Promise<TestItem[]> {
  const id = await idOf(client, collection);
  const { results } = await client.search(id, { input: question });
  const titles = new Map((await client.items.list(id)).map((item) => [item.id, titleOf(item.description)]));
  return results.map((found) => ({ id: found.id, title: titles.get(found.id) ?? "", content: found.content }));
}

async function idOf(client: Client, collection: string): Promise<string> {
  const all = await client.collections.list();
  const found = all.find(({ id }) => id === collection) ?? all.find(({ name }) => name === collection);
  if (found) return found.id;
  const names = all.map(({ name }) => `"${name}"`).join(", ");
  throw new Error(
    `testStack: no collection has this name or id; there ${names === "" ? "is none" : `are ${names}`}. Run "up" first, ` +
      "or give the name that the program declares.",
  );
}

/** Alike on every machine, whatever its language. */
function order(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
