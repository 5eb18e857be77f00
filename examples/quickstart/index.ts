// A knowledge base from a folder of documents: one collection, one item for each section, and a few questions.
import { basename } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { Collection, Item, searchOutput, type SearchHit } from "pulumi-vultr-inference";
import { readSections } from "./sections";

const config = new pulumi.Config();
const folder = config.get("folder") ?? "../../docs";
const questions = config.getObject<string[]>("questions") ?? [
  "What happens when a deployment is killed half-way?",
  "Why does the API refuse my key?",
  "How many words fit into one item?",
];

const sections = readSections(folder);
const documents = new Set(sections.map(({ document }) => document)).size;
const tokens = sections.reduce((sum, section) => sum + section.tokens, 0);
void pulumi.log.info(`${basename(folder)}: ${documents} documents, ${sections.length} sections, about ${tokens} tokens to embed in all`);

const collection = new Collection("knowledge-base", { name: config.get("name") ?? "Quickstart" });

const items = sections.map(({ name, title, text }) => ({
  title,
  item: new Item(name, { collectionId: collection.id, content: text, description: title }),
}));

// Searches answer ids; the stack knows which section each of them is.
const titles = pulumi
  .all(items.map(({ item, title }) => item.itemId.apply((id) => [id, title] as const)))
  .apply((entries): Record<string, string> => Object.fromEntries(entries));

function answer(question: string): pulumi.Output<{ question: string; document: string; snippet: string }> {
  const found = searchOutput({ collectionId: collection.id, input: question }, { dependsOn: items.map(({ item }) => item) });
  return pulumi.all([found.results, titles]).apply(([results, known]) => {
    // What this deployment is about to delete may still be found; it is no longer the answer.
    const best: SearchHit | undefined = results.find(({ id }) => id in known);
    return { question, document: (best && known[best.id]) ?? "nothing found", snippet: best?.content ?? "" };
  });
}

export const collectionId = collection.id;
export const answers = questions.map(answer);
