/** Registers what a JSON text declares. */
const pulumi = require("@pulumi/pulumi");

class Thing extends pulumi.CustomResource {
  constructor(name, props, opts, type = "Thing") {
    const text = 'exports.handler = () => require(require("path").resolve("world.js"));';
    super(
      `pulumi-nodejs:dynamic/parity:${type}`,
      name,
      { serial: undefined, shout: undefined, ...props, __provider: text },
      opts,
    );
  }
}
class Group extends pulumi.ComponentResource {
  constructor(name, opts, type = "Group") {
    super(`parity:index:${type}`, name, {}, opts);
    this.registerOutputs({ label: name });
  }
}
class Account extends pulumi.ProviderResource {
  constructor(name, props, opts) {
    super("pulumi-nodejs", name, props, opts);
  }
}

/**
 * Registers resources and answers with the stack's outputs. In the declaration, `{$ref: "a.serial"}`,
 * `{$secret: value}`, `{$config: key}`, `{$text: ""}`, `{$file: ""}` and `{$stack: name, output}` stand for what JSON
 * cannot say.
 */
module.exports = function declare(declared) {
  const made = {};
  const stacks = {};

  function value(json) {
    if (Array.isArray(json)) return json.map(value);
    if (json === null || typeof json !== "object") return json;
    if ("$ref" in json) {
      const [name, property] = json.$ref.split(".");
      return made[name][property];
    }
    if ("$secret" in json) return pulumi.secret(value(json.$secret));
    if ("$config" in json) return new pulumi.Config().getSecret(json.$config);
    if ("$text" in json) return new pulumi.asset.StringAsset(json.$text);
    if ("$file" in json) return new pulumi.asset.FileAsset(json.$file);
    if ("$stack" in json)
      return (stacks[json.$stack] ??= new pulumi.StackReference(json.$stack)).getOutput(json.output);
    return Object.fromEntries(Object.entries(json).map(([key, inner]) => [key, value(inner)]));
  }

  function options(json = {}) {
    const named = (name) => made[name];
    const alias = (given) => (given.parent ? { ...given, parent: named(given.parent) } : given);
    return {
      ...json,
      ...(json.dependsOn && { dependsOn: json.dependsOn.map(named) }),
      ...(json.parent && { parent: named(json.parent) }),
      ...(json.provider && { provider: named(json.provider) }),
      ...(json.deletedWith && { deletedWith: named(json.deletedWith) }),
      ...(json.aliases && { aliases: json.aliases.map(alias) }),
    };
  }

  for (const { kind = "Thing", type, name, props = {}, opts, id } of declared.resources ?? []) {
    if (kind === "Group") made[name] = new Group(name, options(opts), type);
    else if (kind === "Account") made[name] = new Account(name, value(props), options(opts));
    else made[name] = new Thing(name, { name, ...value(props) }, { ...options(opts), ...(id && { id }) }, type);
  }
  for (const line of declared.print ?? []) console.log(line);
  if (declared.throws) throw new Error(declared.throws);
  return value(declared.outputs ?? {});
};
