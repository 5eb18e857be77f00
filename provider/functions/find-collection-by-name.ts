import { text } from "../inputs/arguments.js";
import { defineFunction } from "./function.js";
import type { GetCollectionResult } from "./get-collection.js";

/** Which collection to find. */
export interface FindCollectionByNameArgs {
  /** The collection's name, letter by letter. */
  readonly name: string;
}

/** Finds the one collection of a name. */
export const findCollectionByName = defineFunction<FindCollectionByNameArgs, GetCollectionResult>({
  name: "findCollectionByName",
  args: { name: text("the name of a collection") },
  async run({ client, confidential }, { name }) {
    const all = await client.collections.list();
    const [found, ...others] = all.filter((collection) => collection.name === name);
    if (confidential && (found === undefined || others.length > 0)) {
      throw new Error(
        "findCollectionByName: " +
          `${found === undefined ? "no collection has" : `${others.length + 1} collections have`} this name. Name ` +
          "the one you mean by its id, with getCollection.",
      );
    }
    if (found === undefined)
      throw new Error(
        `findCollectionByName: no collection is named "${name}". There ` +
          `${all.length === 0 ? "is none at all" : `are ${listed(all)}`}.`,
      );
    if (others.length > 0) {
      throw new Error(
        `findCollectionByName: ${others.length + 1} collections are named "${name}": ` +
          `${listed([found, ...others])}. Name the one you mean by its id, with getCollection.`,
      );
    }
    return found;
  },
});

/** An account can have very many. */
const MOST_LISTED = 20;

function listed(collections: readonly GetCollectionResult[]): string {
  const some = collections.slice(0, MOST_LISTED).map(({ id, name }) => `"${name}" (id ${id})`);
  const more = collections.length - some.length;
  return [...some, ...(more > 0 ? [`${more} more`] : [])].join(", ");
}
