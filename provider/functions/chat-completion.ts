import { chatArgs, chatResult, type ChatCompletionArgs, type ChatCompletionResult } from "./chat.js";
import { defineFunction } from "./function.js";

/** Continues a conversation. */
export const chatCompletion = defineFunction<ChatCompletionArgs, ChatCompletionResult>({
  name: "chatCompletion",
  args: chatArgs,
  run: async ({ client }, { extraBody, ...args }) => chatResult(await client.chat.create(args, { extraBody })),
});
