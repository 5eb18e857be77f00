import { unsupported } from "../errors.js";
import { containsSecret, type Properties, type Value } from "../values/properties.js";
import type { Found, Old, ProviderCalls, Subject } from "./provider.js";

/** The package of the engine's own resources. */
export const BUILTIN = "pulumi";
export const STACK_REFERENCE = "pulumi:pulumi:StackReference";

/** The outputs of another stack of the same backend, secrets marked. */
export type StackOutputs = (stack: string) => Properties;

const refused = (verb: string): never => {
  throw unsupported(`To ${verb} a resource of Pulumi's own`);
};

/** The provider of stack references: all they can is to be read. */
export class BuiltinProvider implements ProviderCalls {
  readonly known = true;

  constructor(private readonly outputsOf: StackOutputs) {}

  // eslint-disable-next-line @typescript-eslint/require-await -- a provider's answers come late, this one's at once
  async read({ type }: Subject, _id: string, { inputs }: Old): Promise<Found> {
    const { name } = inputs;
    if (type !== STACK_REFERENCE || typeof name !== "string") return refused("read");
    const outputs = this.outputsOf(name);
    const secretOutputNames: Value = Object.keys(outputs).filter((key) => containsSecret(outputs[key] ?? null));
    return { id: name, inputs: undefined, outputs: { name, outputs, secretOutputNames } };
  }

  check = (): never => refused("check");
  diff = (): never => refused("compare");
  create = (): never => refused("create");
  update = (): never => refused("update");
  delete = (): never => refused("delete");
  close = (): void => undefined;
  cancel = (): void => undefined;
}
