import * as pulumi from "@pulumi/pulumi";
import { ownerOf } from "../provider/ownership/tag.js";
import { isNative } from "../provider/api/setting.js";
import { REPLACE_ON_CHANGES } from "../provider/engine/values.js";
import { kindOf } from "../provider/text/kind.js";
import { requireReachable } from "./reachable.js";

/** The rooms of the provider that resources name in the state. */
type Room = "collection" | "documents" | "file" | "item" | "retrievalTest";

/**
 * The provider's code as the state of every stack holds it: one constant line for each resource. Old states run it with
 * the provider that is installed then, so it never changes.
 */
export function stateText(room: Room): string {
  return `exports.handler = () => require("pulumi-vultr-inference/provider").${room};`;
}

/** The Pulumi type of a resource. */
export function typeOf(resource: string): string {
  return `pulumi-nodejs:dynamic/vultr-inference:${resource}`;
}

/** The type of the same resource where the plugin serves it. */
function nativeTypeOf(type: string): string {
  return `vultr-inference:index:${type.split(":").at(-1) ?? ""}`;
}

/**
 * The URN that a resource of the stack is going to have. Providers are not told: what is made of it, or shown beside
 * the resource, needs it as an input.
 */
export function urnOf(
  type: string,
  name: string,
  options: pulumi.CustomResourceOptions | undefined,
): string | Promise<string> {
  // The same text that createUrn makes without a parent, but at once: outputs are what large programs spend their time
  // on.
  if (!options?.parent) return `urn:pulumi:${pulumi.getStack()}::${pulumi.getProject()}::${type}::${name}`;
  const urn = pulumi.createUrn(name, type, options.parent);
  // Bare of what it comes from: an input that depends on a component waits for all that is in it, the resource's
  // siblings.
  return new Promise((resolve) => void urn.apply(resolve));
}

/** What stands for the resource of a URN in the tags of its items. */
export function ownerOfUrn(urn: string | Promise<string>): string | Promise<string> {
  return typeof urn === "string" ? ownerOf(urn) : urn.then(ownerOf);
}

/** How a class says what it is. */
export interface Declaration {
  readonly type: string;
  readonly room: Room;
  /** What it is given at least, as a program writes it. */
  readonly like: string;
  /** The outputs that every resource of the class has. */
  readonly outputs: readonly string[];
  /** The outputs that may be missing, and are null then: of an exported one that is undefined the SDK warns. */
  readonly optionalOutputs?: readonly string[];
  /** How what exists already is taken over, as an order. */
  readonly takeOver: string;
}

/** Whether one of some inputs is secret: true or not there, as the provider takes it. */
export function confidentialIn(...inputs: readonly unknown[]): Promise<true | undefined> | undefined {
  const outputs = inputs.filter((input) => pulumi.Output.isInstance(input));
  if (outputs.length === 0) return undefined;
  return Promise.all(outputs.map((output) => pulumi.isSecret(output))).then(
    (secrets) => secrets.includes(true) || undefined,
  );
}

/** Nothing, which the provider fills in; but secret where an input is. */
export function nothingLike(input: unknown): pulumi.Input<undefined> {
  return pulumi.Output.isInstance(input) ? input.apply(() => undefined) : undefined;
}

/** Whether a value is known later: an Output or a Promise. */
export function isLater(value: unknown): boolean {
  return pulumi.Output.isInstance(value) || value instanceof Promise;
}

/**
 * Makes sure that a class is given an object of properties at all; which ones, the provider's check looks at.
 *
 * @throws RunError for anything else, of which the class would make a TypeError, or a property of each letter.
 */
export function requireProperties(
  { type, like }: Pick<Declaration, "type" | "like">,
  name: string,
  args: unknown,
): void {
  if (isProperties(args)) return;
  throw new pulumi.RunError(
    `${labelOf({ type }, name)}: its second argument must be an object of properties, such as ${like}, but is ` +
      `${whatIs(args)}.`,
  );
}

/** What a value is, for a sentence that never repeats it. */
export function whatIs(value: unknown): string {
  return isLater(value) ? "an Output" : pulumi.Resource.isInstance(value) ? "a resource" : kindOf(value);
}

/** Whether a value is an object of properties: no list, nothing that is known later, no asset and no resource. */
export function isProperties(value: unknown): value is Readonly<Record<string, unknown>> {
  const isOther =
    isLater(value) ||
    pulumi.asset.Asset.isInstance(value) ||
    pulumi.asset.Archive.isInstance(value) ||
    pulumi.Resource.isInstance(value);
  return typeof value === "object" && value !== null && !Array.isArray(value) && !isOther;
}

const SETTLED = Symbol.for("pulumi-vultr-inference:settled");
const MAY_BE_MISSING = Symbol.for("pulumi-vultr-inference:may-be-missing");

/** What is registered with the engine. */
type Registration = readonly [type: string, inputs: pulumi.Inputs, options: pulumi.CustomResourceOptions | undefined];

/** A dynamic resource: with what its class adds for the provider, and the provider's code. */
function dynamic(
  declaration: Declaration,
  name: string,
  inputs: pulumi.Inputs,
  options: pulumi.CustomResourceOptions | undefined,
): Registration {
  refuseImport(declaration, name, options);
  requireReachable(labelOf(declaration, name));
  return [
    declaration.type,
    { ...inputs, ...replacedOnChanges(options), __provider: stateText(declaration.room) },
    options,
  ];
}

/** A resource of the plugin, which takes over the dynamic one that a state has. */
function native(
  { type }: Declaration,
  inputs: pulumi.Inputs,
  options: pulumi.CustomResourceOptions | undefined,
): Registration {
  return [nativeTypeOf(type), inputs, pulumi.mergeOptions(options, { aliases: [{ type }] })];
}

/** The base of the resource classes. */
export abstract class InferenceResource extends pulumi.CustomResource {
  /**
   * @param args what the program gives, of assets what the engine can load.
   * @param own what the class makes of it, or adds, for a dynamic provider.
   */
  protected constructor(
    declaration: Declaration,
    name: string,
    args: object,
    own: object,
    options: pulumi.CustomResourceOptions | undefined,
  ) {
    const names = [...declaration.outputs, ...(declaration.optionalOutputs ?? [])];
    const outputs: pulumi.Inputs = Object.fromEntries(names.map((output) => [output, undefined]));
    const given = { ...outputs, ...args };
    const [type, inputs, registered] = isNative()
      ? native(declaration, given, options)
      : dynamic(declaration, name, { ...given, ...own }, options);
    super(type, name, inputs, registered);
    const properties = this as unknown as Record<string, unknown>;
    for (const output of declaration.optionalOutputs ?? [])
      properties[output] = pulumi.all([properties[output]]).apply(([value]: unknown[]) => value ?? null);
    Object.defineProperty(this, SETTLED, { value: ["id", ...declaration.outputs], enumerable: false });
    Object.defineProperty(this, MAY_BE_MISSING, { value: declaration.optionalOutputs ?? [], enumerable: false });
  }
}

/** `Item "returns"`. */
export function labelOf({ type }: Pick<Declaration, "type">, name: string): string {
  return `${type.split(":").at(-1) ?? ""} "${name}"`;
}

/**
 * The engine fails with a stack trace where it imports a dynamic resource: it calls the provider without the provider's
 * code.
 */
export function refuseImport(
  { type, takeOver }: Pick<Declaration, "type" | "takeOver">,
  name: string,
  options: pulumi.ResourceOptions & { readonly import?: unknown } = {},
): void {
  if (options.import === undefined) return;
  throw new pulumi.RunError(
    `${labelOf({ type }, name)}: Pulumi cannot import resources of this package, so leave the option import out. ` +
      takeOver,
  );
}

/**
 * What the option `replaceOnChanges` names, for the provider: the engine would look for it among what a provider says
 * to have changed, which a dynamic one cannot say.
 */
function replacedOnChanges(options: pulumi.CustomResourceOptions | undefined): {
  readonly [REPLACE_ON_CHANGES]?: string[];
} {
  const { replaceOnChanges = [], id } = options ?? {};
  return replaceOnChanges.length === 0 || id !== undefined ? {} : { [REPLACE_ON_CHANGES]: replaceOnChanges };
}

/**
 * Whether a value is a resource of a type, also one of another copy of this package. Policy packs ask this of a bare
 * object with nothing but the type.
 */
export function hasType(value: unknown, type: string): boolean {
  return (
    typeof value === "object" &&
    value !== null &&
    "__pulumiType" in value &&
    (value.__pulumiType === type || value.__pulumiType === nativeTypeOf(type))
  );
}

/** What the SDK's own `dependsOn` knows of a component by, and its declarations leave out. */
interface Component {
  /** Kept when the component is done with its own construction. */
  readonly __data: Promise<unknown>;
  /** Whether its children are made elsewhere. */
  readonly __remote?: boolean;
  readonly __childResources?: ReadonlySet<pulumi.Resource>;
}

/**
 * An output that is known as soon as the resource is as the program wants it: during a preview, only if the resource is
 * not going to change. Of a resource of another kind all outputs count; a component stands for all that is in it. It is
 * secret where any output is, also one that may be missing, for which nothing waits.
 */
export function settled(resource: pulumi.Resource): pulumi.Output<unknown> {
  if (isComponent(resource))
    return pulumi
      .output(resource.__data.then(() => true))
      .apply(() => pulumi.all([...(resource.__childResources ?? [])].map(settled)));
  const properties = resource as unknown as Readonly<Record<string, unknown>>;
  const { [SETTLED]: declared, [MAY_BE_MISSING]: others = [] } = resource as {
    readonly [SETTLED]?: readonly string[];
    readonly [MAY_BE_MISSING]?: readonly string[];
  };
  const outputs = (names: readonly string[]): pulumi.Output<unknown>[] =>
    names.map((name) => properties[name]).filter((value) => pulumi.Output.isInstance(value));
  return pulumi.all([...outputs(declared ?? Object.keys(resource)), secretWhere(outputs(others))]);
}

/** Nothing, and at once; but secret where one of some outputs is. */
function secretWhere(outputs: readonly pulumi.Output<unknown>[]): pulumi.Output<unknown> {
  const secrets = Promise.all(outputs.map((output) => pulumi.isSecret(output)));
  return pulumi.output(secrets.then((all) => (all.includes(true) ? pulumi.secret(true) : true)));
}

function isComponent(resource: object): resource is Component {
  return pulumi.ComponentResource.isInstance(resource) && (resource as unknown as Component).__remote !== true;
}
