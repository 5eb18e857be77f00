// What `vultr-inference try` deploys: a folder as a knowledge base, and what it answers. Settings come from the stack.
import { Config } from "@pulumi/pulumi";
import { KnowledgeBase } from "../../sdk/index.js";

const config = new Config();
const knowledge = new KnowledgeBase("knowledge-base", {
  name: config.require("name"),
  // A damaged document keeps nobody from trying the others.
  documents: { source: config.require("folder"), onUnreadable: "skip" },
});

export const collectionId = knowledge.collectionId;
export const answers = config
  .requireObject<string[]>("questions")
  .map((question) => knowledge.search(question, { limit: 3 }).apply((hits) => ({ question, hits })));
