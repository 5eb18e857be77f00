// A knowledge base of two answers. Pulumi calls the function that a program exports, and so does the test.
//   npm test                                  tests it with jest, without an account
//   npm run test:vitest, npm run test:node    do so with vitest, and with Node's own test runner
//   pulumi config set returnDays 30           is what a deployment wants to know
import * as pulumi from "@pulumi/pulumi";
import { Collection, Item } from "pulumi-vultr-inference";

export = (): Record<string, pulumi.Output<string>> => {
  const days = new pulumi.Config().requireNumber("returnDays");
  const faq = new Collection("faq", { name: "FAQ" });
  new Item("returns", {
    collectionId: faq.collectionId,
    content: `You can send anything back within ${days} days, free of charge.`,
    description: "How returns work",
  });
  new Item("shipping", {
    collectionId: faq.collectionId,
    content: "Parcels leave our house on the day of the order and arrive on the next.",
    description: "How fast we are",
  });
  return { collectionId: faq.collectionId };
};
