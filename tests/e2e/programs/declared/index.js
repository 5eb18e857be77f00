/** Declares what the JSON file named by DECLARED lists: see `Declaration` in tests/support/stack.ts. */
const { readFileSync } = require("node:fs");
const pulumi = require("@pulumi/pulumi");
const { Collection, Documents, File, Item, Provider, RetrievalTest, searchOutput } = require("pulumi-vultr-inference");

const declared = JSON.parse(readFileSync(process.env.DECLARED, "utf8"));
const made = {};

/**
 * `{ secret }`, `{ text }`, `{ file }` and `{ later, value }`, which is unknown until a collection exists, stand for
 * what JSON cannot say.
 */
function value(json) {
  if (json === null || typeof json !== "object") return json;
  if ("secret" in json) return pulumi.secret(json.secret);
  if ("text" in json && !("name" in json)) return new pulumi.asset.StringAsset(json.text);
  if ("file" in json) return new pulumi.asset.FileAsset(json.file);
  if (Array.isArray(json)) return json.map(value);
  if ("later" in json) return made[json.later].id.apply(() => json.value);
  return Object.fromEntries(Object.entries(json).map(([key, inner]) => [key, value(inner)]));
}

for (const [name, { options, ...props }] of Object.entries(declared.collections ?? {}))
  made[name] = new Collection(name, value(props), options);
for (const [name, { in: collection, options, ...props }] of Object.entries(declared.items ?? {})) {
  made[name] = new Item(name, { collectionId: made[collection]?.id ?? collection, ...value(props) }, options);
}
for (const [name, { in: collection, options, ...props }] of Object.entries(declared.files ?? {})) {
  made[name] = new File(name, { collectionId: made[collection]?.id ?? collection, ...value(props) }, options);
}
for (const [name, { in: collection, account, formerly, options, ...props }] of Object.entries(
  declared.documents ?? {},
)) {
  const provider = account && new Provider(`${name}-account`, account);
  made[name] = new Documents(
    name,
    { collectionId: made[collection]?.id ?? collection, ...value(props) },
    { provider, aliases: formerly && [{ name: formerly }], ...options },
  );
}
for (const [name, id] of Object.entries(declared.existingCollections ?? {})) made[name] = Collection.get(name, id);
for (const [name, id] of Object.entries(declared.existingItems ?? {})) made[name] = Item.get(name, id);

for (const [name, { in: collection, dependsOn = [], cases, ...props }] of Object.entries(declared.tests ?? {})) {
  const options = { dependsOn: dependsOn.map((other) => made[other]) };
  const asked = Array.isArray(cases) ? cases : value(cases);
  made[name] = new RetrievalTest(
    name,
    { collectionId: made[collection]?.id ?? collection, cases: asked, ...props },
    options,
  );
}

for (const [name, { in: collection, input, dependsOn = [] }] of Object.entries(declared.searches ?? {})) {
  const options = { dependsOn: dependsOn.map((other) => made[other]) };
  const found = searchOutput({ collectionId: made[collection]?.id ?? collection, input }, options);
  exports[name] = found.results.apply((results) => results.map(({ content }) => content));
}
for (const [name, path] of Object.entries(declared.outputs ?? {})) {
  const [resource, property] = path.split(".");
  exports[name] = made[resource][property];
}
