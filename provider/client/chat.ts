import type { ChatArgs } from "./chat-types.js";
import { type Completions, completions } from "./completions.js";
import type { Http } from "./http/index.js";
import { quoted } from "../text/clean.js";

/** `client.chat` */
export type Chat = Completions<ChatArgs>;

export function chat(http: Http): Chat {
  return completions<ChatArgs>(http, {
    operation: "createChatCompletion",
    path: "/chat/completions",
    about: ({ model }) => ({ object: `model ${quoted(model)}` }),
    extra: () => ({}),
  });
}
