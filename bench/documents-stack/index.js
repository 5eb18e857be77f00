// The same texts in the way that BENCH_WAY says: a folder as one resource, an item each, the collection alone, or a
// class each, as people write it.
const { readdirSync, readFileSync } = require("node:fs");
const { join } = require("node:path");
const pulumi = require("@pulumi/pulumi");
const { Collection, Documents, Item } = require("pulumi-vultr-inference");

const {
  BENCH_WAY: way,
  BENCH_FOLDER: folder,
  VULTR_INFERENCE_BASE_URL: url,
  VULTR_INFERENCE_API_KEY: key,
} = process.env;

/** A dynamic provider with what it needs in its closures. */
function itemByHand(name, collectionId, content) {
  const provider = {
    async create(inputs) {
      const answer = await fetch(`${url}/vector_store/${inputs.collectionId}/items`, {
        method: "POST",
        headers: { authorization: `Bearer ${key}`, "content-type": "application/json" },
        body: JSON.stringify({ content: inputs.content, description: name }),
      });
      const { item } = await answer.json();
      return { id: item.id, outs: { ...inputs, itemId: item.id } };
    },
    async diff(_id, olds, news) {
      return { changes: olds.content !== news.content, replaces: olds.content === news.content ? [] : ["content"] };
    },
    async delete(id, props) {
      await fetch(`${url}/vector_store/${props.collectionId}/items/${id}`, {
        method: "DELETE",
        headers: { authorization: `Bearer ${key}` },
      });
    },
  };
  class ItemByHand extends pulumi.dynamic.Resource {
    constructor() {
      super(provider, name, { collectionId, content, itemId: undefined });
    }
  }
  return new ItemByHand();
}

if (way !== "empty") {
  const collection = new Collection("bench", { name: process.env.BENCH_NAME ?? "Bench" });
  if (way === "documents") new Documents("docs", { collectionId: collection.id, source: folder });
  else if (way !== "collection") {
    for (const file of readdirSync(folder)) {
      const content = readFileSync(join(folder, file), "utf8");
      if (way === "items") new Item(file, { collectionId: collection.id, content });
      else itemByHand(file, collection.id, content);
    }
  }
}
