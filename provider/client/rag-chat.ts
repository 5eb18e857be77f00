import { requireText } from "./argument.js";
import type { RagChatArgs } from "./chat-types.js";
import { type Completions, completions } from "./completions.js";
import type { Http } from "./http/index.js";
import { quoted } from "../text/clean.js";

/** `client.ragChat`: chat that answers from a collection. The answers do not say from which of its items. */
export type RagChat = Completions<RagChatArgs>;

export function ragChat(http: Http): RagChat {
  const operation = "createRagChatCompletion";
  return completions<RagChatArgs>(http, {
    operation,
    path: "/chat/completions/RAG",
    about: ({ model, collection }) => ({
      object: `model ${quoted(model)} and collection ${quoted(collection)}`,
      collection: `collection ${quoted(collection)}`,
      collectionId: collection,
    }),
    extra: ({ collection }) => ({ collection: requireText(operation, "collection", collection) }),
  });
}
