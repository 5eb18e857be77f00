// What `vultr-inference try` deploys: a folder as a knowledge base, and what it answers. Settings come from the stack.
import { Config } from "@pulumi/pulumi";
import { KnowledgeBase } from "../../sdk/index.js";

const config = new Config();
const knowledge = new KnowledgeBase("knowledge-base", {
  name: config.require("name"),
  documents: config.require("folder"),
});

export const collectionId = knowledge.collectionId;
export const answers = config.requireObject<string[]>("questions").map((question) =>
  knowledge.search(question).apply(([best]) => ({
    question,
    document: [best?.document ?? "nothing found", best?.section].filter(Boolean).join(" › "),
    snippet: best?.content ?? "",
  })),
);
