const { Collection, Item, searchOutput } = require("pulumi-vultr-inference");

const faq = new Collection("faq", { name: "FAQ" });
const returns = new Item("returns", { collectionId: faq.id, content: "Send anything back within 30 days." });
const { results } = searchOutput({ collectionId: faq.id, input: "send back" }, { dependsOn: returns });

exports.best = results.apply(([hit]) => hit.content);
