import { collectionId } from "../inputs/arguments.js";
import { chatArgs, chatResult, type ChatCompletionArgs, type ChatCompletionResult } from "./chat.js";
import { defineFunction } from "./function.js";

/** What to ask a model about a collection. */
export interface RagCompletionArgs extends ChatCompletionArgs {
  /** The id of the collection that the answer is looked for in: `collection.id`. */
  readonly collectionId: string;
}

/** Continues a conversation with what a collection holds about it. */
export const ragCompletion = defineFunction<RagCompletionArgs, ChatCompletionResult>({
  name: "ragCompletion",
  args: { ...chatArgs, collectionId },
  run: async ({ client }, { collectionId: collection, extraBody, ...args }) =>
    chatResult(await client.ragChat.create({ ...args, collection }, { extraBody })),
});
