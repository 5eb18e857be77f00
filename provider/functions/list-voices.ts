import { text } from "../inputs/arguments.js";
import { defineFunction } from "./function.js";

/** Which voices to list. */
export interface ListVoicesArgs {
  /** The model that shall speak. Default: those of all models. */
  readonly model?: string | undefined;
}

/** The voices of today. */
export interface ListVoicesResult {
  /** The names that `speech` takes as its `voice`, in the API's order. */
  readonly voices: readonly string[];
}

/** Lists the voices that can speak. */
export const listVoices = defineFunction<ListVoicesArgs, ListVoicesResult>({
  name: "listVoices",
  args: { model: text("the id of a model").optional() },
  run: async ({ client }, { model }) => ({ voices: (await client.voices.list({ model })).map(({ voice }) => voice) }),
});
