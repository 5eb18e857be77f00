// A knowledge base from a folder of documents, with questions that it must answer before it counts as deployed.
// In this project it takes the project's own documentation. A copy of this folder takes yours, and asks what you ask:
//   pulumi config set folder <path>
//   pulumi config set --path "questions[0]" <question>
import * as pulumi from "@pulumi/pulumi";
import { KnowledgeBase, type RetrievalCase } from "pulumi-vultr-inference";

const config = new pulumi.Config();
const folder = config.get("folder");
const asked = config.getObject<string[]>("questions");

// What the documentation of this project must answer. Of another folder nothing is known.
const own: RetrievalCase[] = [
  { query: "What happens when a deployment is killed partway?", expect: { document: "how-it-works.md" } },
  {
    query: "Why does the API refuse my key?",
    expect: { document: "troubleshooting.md", section: "The API refuses the key" },
  },
  { query: "Can I change the content of an item?", expect: { document: "resources/item.md" } },
];
const cases = asked === undefined && folder === undefined ? own : [];

const knowledge = new KnowledgeBase("knowledge-base", {
  name: config.get("name") ?? "Quickstart",
  documents: folder ?? "../../docs",
  ...(cases.length > 0 && { questions: cases }),
});

export const collectionId = knowledge.collectionId;
export const recall = knowledge.recall;
export const answers = (asked ?? cases.map(({ query }) => query)).map((question) =>
  knowledge.search(question, { limit: 3 }).apply((hits) => ({ question, hits })),
);
