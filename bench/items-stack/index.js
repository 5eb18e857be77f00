// A collection of as many items as the stack is configured for; none at all for an empty stack.
const pulumi = require("@pulumi/pulumi");
const { Collection, Item } = require("pulumi-vultr-inference");

const count = new pulumi.Config().requireNumber("items");
if (count > 0) {
  const collection = new Collection("bench", { name: "Bench" });
  for (let index = 0; index < count; index++) {
    new Item(`item-${index}`, {
      collectionId: collection.id,
      content: `Text number ${index}. ${"It says little. ".repeat(36)}`,
    });
  }
}
