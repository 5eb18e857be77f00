import type { Model } from "../client/index.js";
import { oneOf } from "../inputs/arguments.js";
import { defineFunction } from "./function.js";

/** Which models to list. */
export interface ListModelsArgs {
  /** What the models are for: `chat` (RAG included) or `speech`. Default `chat`. */
  readonly kind?: "chat" | "speech" | undefined;
}

/** The models of today. */
export interface ListModelsResult {
  /** All of the kind, in the API's order. */
  readonly models: readonly Model[];
}

/** Lists the models that can be asked for. */
export const listModels = defineFunction<ListModelsArgs, ListModelsResult>({
  name: "listModels",
  args: { kind: oneOf(["chat", "speech"]).optional() },
  run: async ({ client }, { kind }) => ({
    models: await (kind === "speech" ? client.models.listAudio() : client.models.list()),
  }),
});
