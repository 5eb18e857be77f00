// A knowledge base in git: what is merged is deployed, and what must be answered is asked before it counts as deployed.
import * as pulumi from "@pulumi/pulumi";
import { KnowledgeBase } from "pulumi-vultr-inference";

const handbook = new KnowledgeBase("handbook", {
  name: new pulumi.Config().require("name"),
  documents: { source: "docs", tokenBudget: 200_000 },
  questions: [{ query: "How long may I send something back?", expect: { document: "returns.md" }, topK: 1 }],
});

export const collectionId = handbook.collectionId;
export const recall = handbook.recall;
