import { z } from "zod";
import { checkLength, type Library } from "../library.js";
import type { Operation } from "../operation.js";
import type { Finder } from "../search/finder.js";
import type { ItemRecord } from "../storage/records.js";
import { someText } from "../wire.js";

/** The API names no number and no parameter for it; ten is assumed. */
const RESULTS = 10;

const body = z.object({ input: someText() });

/** The items of a collection that are closest to a text, best first, and the tokens of the text. */
export async function closest(library: Library, finder: Finder, collection: string, input: string): Promise<{ readonly found: readonly ItemRecord[]; readonly tokens: number }> {
  const { id } = library.collection(collection);
  const tokens = checkLength(input);
  return { found: library.itemsOf(id, await finder.find(id, input, RESULTS)), tokens };
}

/** `/vector_store/{id}/search`: the items closest to a text. */
export const searchOperations = (library: Library, finder: Finder): Operation[] => [
  {
    id: "searchCollection",
    method: "POST",
    path: "/vector_store/{id}/search",
    async handle(call) {
      const { input } = await call.json(body);
      const { found, tokens } = await closest(library, finder, call.param("id"), input);
      return {
        status: 200,
        json: {
          results: found.map((item) => ({ id: item.id, created: new Date(item.created).toISOString(), content: item.content })),
          usage: { prompt_tokens: tokens, total_tokens: tokens },
        },
      };
    },
  },
];
