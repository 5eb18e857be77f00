// Items from a data file: whoever edits faq.yaml changes the knowledge base, and the file's keys are the items' names.
import { readFileSync } from "node:fs";
import * as pulumi from "@pulumi/pulumi";
import { Collection, Item, searchOutput } from "pulumi-vultr-inference";
import { parse } from "yaml";

interface Entry {
  question: string;
  answer: string;
}

const config = new pulumi.Config();
const file = config.get("file") ?? "faq.yaml";
const entries = parse(readFileSync(file, "utf8")) as Record<string, Entry>;

const faq = new Collection("faq", { name: "FAQ" });

const items = Object.entries(entries).map(
  ([key, { question, answer }]) =>
    new Item(
      key,
      { collectionId: faq.id, content: `${question}\n\n${answer}`, description: question },
      { parent: faq },
    ),
);

const refund = searchOutput({ collectionId: faq.id, input: "I do not like what I bought." }, { dependsOn: items });

export const collectionId = faq.id;
export const best = refund.results.apply(([hit]) => hit?.content);
