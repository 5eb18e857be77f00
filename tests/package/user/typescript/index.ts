import type * as pulumi from "@pulumi/pulumi";
import { Collection, Item, searchOutput } from "pulumi-vultr-inference";

const faq = new Collection("faq", { name: "FAQ" });
const answer = new Item("returns", { collectionId: faq.id, content: "Send anything back within 30 days." });
const found = searchOutput(
  { collectionId: faq.id, input: "How long may I send something back?" },
  { dependsOn: [answer] },
);

export const best: pulumi.Output<string | undefined> = found.results.apply(([first]) => first?.content);
