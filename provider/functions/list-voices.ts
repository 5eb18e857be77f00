import { defineFunction } from "./function.js";

/** `listVoices` takes no arguments. */
export type ListVoicesArgs = Readonly<Record<string, never>>;

/** The voices of today. */
export interface ListVoicesResult {
  /** The names that `speech` takes as its `voice`, in the API's order. */
  readonly voices: readonly string[];
}

/** Lists the voices that can speak. */
export const listVoices = defineFunction<ListVoicesArgs, ListVoicesResult>({
  name: "listVoices",
  args: {},
  run: async ({ client }) => ({ voices: (await client.voices.list()).map(({ voice }) => voice) }),
});
