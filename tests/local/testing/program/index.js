// As many collections as the config says, and what the program saw of its config and environment.
const pulumi = require("@pulumi/pulumi");
const { Collection } = require("pulumi-vultr-inference");

const config = new pulumi.Config();
for (let index = 0; index < config.requireNumber("size"); index++) new Collection(`c${index}`, { name: `C ${index}` });
module.exports = {
  password: config.getSecret("password"),
  flavour: process.env.FLAVOUR,
  api: process.env.VULTR_INFERENCE_API_KEY,
};
