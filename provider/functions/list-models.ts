import { oneOf } from "../inputs/arguments.js";
import { defineFunction } from "./function.js";

/** Which models to list. */
export interface ListModelsArgs {
  /** What the models are for: `chat` (RAG included) or `speech`. Default `chat`. */
  readonly kind?: "chat" | "speech" | undefined;
}

/** A model that the API offers today. */
export interface ListedModel {
  /** The name that arguments named `model` take. */
  readonly id: string;
  /** When it was made, where the API says so: seconds since 1970-01-01 UTC. */
  readonly created?: number;
  /** Who made it, where the API says so. */
  readonly ownedBy?: string;
  /** What it can do, in the API's words, where it has any. */
  readonly features?: readonly string[];
}

/** The models of today. */
export interface ListModelsResult {
  /** All of the kind, in the API's order. */
  readonly models: readonly ListedModel[];
}

/** Lists the models that can be asked for. */
export const listModels = defineFunction<ListModelsArgs, ListModelsResult>({
  name: "listModels",
  args: { kind: oneOf(["chat", "speech"]).optional() },
  run: async ({ client }, { kind }) => ({ models: await (kind === "speech" ? client.models.listAudio() : client.models.list()) }),
});
