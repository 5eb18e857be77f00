/**
 * Declares the knowledge bases that the JSON file named by DECLARED lists:
 * `{ bases: { <name>: { options, args, ask } } }`.
 */
const { readFileSync } = require("node:fs");
const { KnowledgeBase, Provider } = require("pulumi-vultr-inference");

const { bases = {}, account } = JSON.parse(readFileSync(process.env.DECLARED, "utf8"));
const provider = account && new Provider("account", account);

for (const [name, { args, options = {}, ask }] of Object.entries(bases)) {
  const base = new KnowledgeBase(name, args, { ...options, ...(provider && { provider }) });
  exports[`${name}Id`] = base.collectionId;
  exports[`${name}Recall`] = base.recall;
  if (ask)
    exports[`${name}Hits`] = base
      .search(ask)
      .apply((hits) => hits.map(({ document, section }) => ({ document, section })));
  if (ask) exports[`${name}Answer`] = base.ask(ask, { model: "llama-3.3-70b-instruct-fp8" }).content;
}
