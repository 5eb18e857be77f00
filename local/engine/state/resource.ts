import type { Crypter } from "../secrets/passphrase.js";
import type { Properties, Value } from "../values/properties.js";
import { isObject, isSecret, rebuildAll, SECRET, secret, SIGNATURE } from "../values/properties.js";

/** One resource as the checkpoint keeps it, its secrets still encrypted. Fields this engine does not know are kept. */
export interface SealedResource {
  readonly urn: string;
  readonly custom: boolean;
  readonly type: string;
  readonly delete?: boolean;
  readonly id?: string;
  readonly inputs?: Properties;
  readonly outputs?: Properties;
  readonly parent?: string;
  readonly protect?: boolean;
  readonly external?: boolean;
  readonly dependencies?: readonly string[];
  readonly initErrors?: readonly string[];
  /** `<urn>::<id>` of the provider resource. */
  readonly provider?: string;
  readonly propertyDependencies?: Readonly<Record<string, readonly string[]>>;
  readonly additionalSecretOutputs?: readonly string[];
  readonly aliases?: readonly string[];
  readonly customTimeouts?: Readonly<Record<string, number>>;
  readonly retainOnDelete?: boolean;
  readonly deletedWith?: string;
  /** RFC 3339. */
  readonly created?: string;
  readonly modified?: string;
  readonly sourcePosition?: string;
  readonly stackTrace?: readonly { readonly sourcePosition?: string }[];
}

/** One resource in memory: secrets are readable and marked. */
export interface ResourceState extends SealedResource {
  readonly inputs: Properties;
  readonly outputs: Properties;
}

/** An operation that was begun and is not known to have ended. */
export interface Operation<Resource = SealedResource> {
  readonly resource: Resource;
  readonly type: "creating" | "updating" | "deleting" | "reading";
}

/** The order in which the Pulumi CLI writes the fields, for readable diffs of states. */
const ORDER: readonly (keyof SealedResource)[] = [
  "urn",
  "custom",
  "delete",
  "id",
  "type",
  "inputs",
  "outputs",
  "parent",
  "protect",
  "external",
  "dependencies",
  "initErrors",
  "provider",
  "propertyDependencies",
  "additionalSecretOutputs",
  "aliases",
  "customTimeouts",
  "retainOnDelete",
  "deletedWith",
  "created",
  "modified",
  "sourcePosition",
  "stackTrace",
];

const isEmpty = (value: unknown): boolean =>
  value === undefined ||
  value === "" ||
  value === false ||
  (typeof value === "object" && value !== null && Object.keys(value).length === 0);

/** The resource as the checkpoint takes it: secrets encrypted. */
export const seal = (state: ResourceState, crypter: Crypter): SealedResource =>
  written(state, (value) => ({ [SIGNATURE]: SECRET, ciphertext: crypter.encrypt(JSON.stringify(value)) }));

/**
 * The resource as the CLI writes it: empty fields left out, fields in the CLI's order.
 *
 * @param hidden - what to write for a secret value.
 */
export function written(state: ResourceState, hidden: (value: Value) => Value): SealedResource {
  const hide = (properties: Properties): Properties =>
    rebuildAll(properties, (value) => (isSecret(value) ? hidden(value["value"] ?? null) : value));
  const whole = { ...state, inputs: hide(state.inputs), outputs: hide(state.outputs) };
  const known = ORDER.map((key) => [key, whole[key]] as const);
  const others = Object.entries(whole).filter(([key]) => !ORDER.includes(key as keyof SealedResource));
  const kept = [...known, ...others].filter(([key, value]) => key === "custom" || !isEmpty(value));
  return Object.fromEntries(kept) as unknown as SealedResource;
}

/** Properties with their secrets decrypted. */
export function opened(properties: Properties, crypter: Crypter): Properties {
  return rebuildAll(properties, (value) => {
    if (!isSecret(value)) return value;
    const { ciphertext, plaintext } = value;
    if (typeof plaintext === "string") return secret(JSON.parse(plaintext) as Value);
    return typeof ciphertext === "string" ? secret(JSON.parse(crypter.decrypt(ciphertext)) as Value) : value;
  });
}

/** The resource with its secrets decrypted. */
export function open(resource: SealedResource, crypter: Crypter): ResourceState {
  return {
    ...resource,
    inputs: opened(resource.inputs ?? {}, crypter),
    outputs: opened(resource.outputs ?? {}, crypter),
  };
}

/** Whether the properties hold an encrypted value, so that reading them needs the passphrase. */
export const needsKey = (properties: Properties): boolean => JSON.stringify(properties).includes(`"${SECRET}"`);

/** Replaces every encrypted value by `[secret]`. */
export function masked(properties: Properties): Properties {
  return rebuildAll(properties, (value) => (isObject(value) && isSecret(value) ? "[secret]" : value));
}
