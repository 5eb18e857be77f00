import { Collection, Item, searchOutput } from "pulumi-vultr-inference";

/** A program within the process that deploys it. */
export default async () => {
  const faq = new Collection("faq", { name: "FAQ" });
  const returns = new Item("returns", { collectionId: faq.id, content: "Send anything back within 30 days." });
  const { results } = searchOutput({ collectionId: faq.id, input: "send back" }, { dependsOn: returns });
  return { best: results.apply(([hit]) => hit.content) };
};
