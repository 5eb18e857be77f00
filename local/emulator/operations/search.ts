import { z } from "zod";
import type { Behavior } from "../behavior.js";
import { checkLength, type Library } from "../library.js";
import type { Operation } from "../operation.js";
import type { Finder } from "../search/finder.js";
import type { ItemRecord } from "../storage/records.js";
import { someText } from "../wire.js";

const body = z.object({ input: someText() });

/** An item that was found. */
export interface FoundItem {
  readonly item: ItemRecord;
  /** The higher, the closer. */
  readonly score: number;
  /** Whether it has something to do with the text, however far the others are. */
  readonly relevant: boolean;
}

/** The items of a collection that are closest to a text, best first; at most `limit`. */
export async function closest(
  library: Library,
  finder: Finder,
  collection: string,
  input: string,
  limit: number,
): Promise<FoundItem[]> {
  const { id } = library.collection(collection);
  const found = await finder.find(id, input, limit);
  return found.flatMap(({ id: itemId, score, relevant }) => {
    const item = library.itemIn(id, itemId);
    return item === undefined ? [] : [{ item, score, relevant }];
  });
}

/** `/vector_store/{id}/search`: the items closest to a text. */
export const searchOperations = (library: Library, finder: Finder, { searchResults }: Behavior): Operation[] => [
  {
    id: "searchCollection",
    method: "POST",
    path: "/vector_store/{id}/search",
    async handle(call) {
      const { input } = await call.json(body);
      const id = call.param("id");
      library.collection(id);
      const tokens = checkLength(input);
      const found = await closest(library, finder, id, input, searchResults === "all" ? Infinity : searchResults);
      return {
        status: 200,
        json: {
          results: found.map(({ item }) => ({
            id: item.id,
            created: new Date(item.created).toISOString(),
            content: item.content,
          })),
          usage: { prompt_tokens: tokens, total_tokens: tokens },
        },
      };
    },
  },
];
