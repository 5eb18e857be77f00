// As many resources as the bench says, each with a text that never changes.
const path = require("node:path");
const pulumi = require("@pulumi/pulumi");

const provider = `exports.handler = () => require(${JSON.stringify(path.join(__dirname, "provider.js"))});`;

class Note extends pulumi.CustomResource {
  constructor(name) {
    super("pulumi-nodejs:dynamic/bench:Note", name, {
      name,
      text: "Constant, and as long as a short paragraph. ".repeat(10),
      __provider: provider,
    });
  }
}

for (let index = 0; index < Number(process.env.BENCH_RESOURCES); index++) new Note(`note-${index}`);
