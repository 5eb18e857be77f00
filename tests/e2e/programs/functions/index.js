/** Functions between resources: what they answer goes on into others, and what they depend on is in a component. */
const pulumi = require("@pulumi/pulumi");
const {
  chatCompletionOutput,
  Collection,
  findCollectionByName,
  getItemOutput,
  Item,
  listItemsOutput,
  requestLogsOutput,
  searchOutput,
} = require("pulumi-vultr-inference");

const config = new pulumi.Config();

class Shelf extends pulumi.ComponentResource {
  constructor(name, content) {
    super("test:index:Shelf", name);
    this.collection = new Collection(name, { name }, { parent: this });
    this.item = new Item(`${name}-item`, { collectionId: this.collection.id, content }, { parent: this });
    this.registerOutputs();
  }
}

const shelf = new Shelf("shelf", config.require("content"));
const collectionId = shelf.collection.id;

const messages = [{ role: "user", content: pulumi.interpolate`Say where ${shelf.collection.name} is.` }];
const summary = chatCompletionOutput({ model: "glm-5.3-flash", temperature: 0, messages }, { dependsOn: shelf });
const summaryItem = new Item("summary", { collectionId, content: summary.content });

exports.found = searchOutput({ collectionId, input: "bread" }, { dependsOn: shelf }).results.apply((results) =>
  results.map(({ content }) => content),
);
exports.count = listItemsOutput({ collectionId }, { dependsOn: [shelf, summaryItem] }).items.length;
exports.summary = getItemOutput({ collectionId, itemId: summaryItem.itemId }).content;
exports.logs = requestLogsOutput({ period: 15 }, { dependsOn: shelf }).requests;
if (config.get("find")) exports.found = findCollectionByName({ name: config.require("find") }).then(({ id }) => id);
