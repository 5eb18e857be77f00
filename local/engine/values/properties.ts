/**
 * Property values as they travel over Pulumi's protocol: JSON in which an object with {@link SIGNATURE} stands for what
 * JSON cannot say. The same form is used in memory, so that nothing is translated between program and provider.
 */
export type Value = null | boolean | number | string | readonly Value[] | Properties;
export interface Properties {
  readonly [key: string]: Value;
}

/** The key that marks a special object, and the kinds of it. These texts are the protocol's. */
export const SIGNATURE = "4dabf18193072939515e22adb298388d";
export const SECRET = "1b47061264138c4ac30d75fd1eb44270";
export const ASSET = "c44067f5952c0a294b673a41bacd8c17";
export const ARCHIVE = "0def7320c3a5731c473e5ecbe6d01bc7";
export const RESOURCE = "5cf8f73096256a8f31e491e813e4eb8e";
export const OUTPUT = "d0e6a833031e9bbcd3f4e8bde6ca49a4";

/** Stands for a value that is not known before the update runs. */
export const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

export const isObject = (value: Value | undefined): value is Properties =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** An object of the kind that its signature says. */
export type Special<Signature extends string> = Properties & { readonly [SIGNATURE]: Signature };

const special =
  <Signature extends string>(signature: Signature) =>
  (value: Value | undefined): value is Special<Signature> =>
    isObject(value) && value[SIGNATURE] === signature;

export const isSecret = special(SECRET);
export const isAsset = special(ASSET);
export const isArchive = special(ARCHIVE);
export const isResource = special(RESOURCE);
export const isOutput = special(OUTPUT);
export const isPlainObject = (value: Value | undefined): value is Properties =>
  isObject(value) && value[SIGNATURE] === undefined;

export const secret = (value: Value): Value => (isSecret(value) ? value : { [SIGNATURE]: SECRET, value });

/** The value inside a secret, or the value itself. */
export const revealed = (value: Value): Value => (isSecret(value) ? revealed(value["value"] ?? null) : value);

/** Rebuilds a value bottom-up: `change` sees each value after its parts were rebuilt. */
export function rebuild(value: Value, change: (value: Value) => Value): Value {
  if (Array.isArray(value)) return change(value.map((part: Value) => rebuild(part, change)));
  if (isObject(value)) return change(rebuildAll(value, change));
  return change(value);
}

export function rebuildAll(properties: Properties, change: (value: Value) => Value): Properties {
  return Object.fromEntries(Object.entries(properties).map(([key, part]) => [key, rebuild(part, change)]));
}

/** Whether any value in it, however deep, satisfies the test. */
export function contains(value: Value, test: (value: Value) => boolean): boolean {
  if (test(value)) return true;
  if (Array.isArray(value)) return value.some((part: Value) => contains(part, test));
  return isObject(value) && Object.values(value).some((part) => contains(part, test));
}

export const containsUnknown = (value: Value): boolean => contains(value, (part) => part === UNKNOWN);
export const containsSecret = (value: Value): boolean => contains(value, isSecret);

/** Deep equality; the order of keys does not count. */
export function equal(a: Value | undefined, b: Value | undefined): boolean {
  if (a === b) return true;
  if (Array.isArray(a) && Array.isArray(b))
    return a.length === b.length && a.every((part: Value, index) => equal(part, (b as readonly Value[])[index]));
  if (!isObject(a) || !isObject(b)) return false;
  const keys = Object.keys(a);
  return keys.length === Object.keys(b).length && keys.every((key) => Object.hasOwn(b, key) && equal(a[key], b[key]));
}

/**
 * What a provider that cannot take resources gets: ids instead of them, and plain values where it takes no secrets
 * either.
 */
export function forProvider(
  properties: Properties,
  options: { assetContents: boolean; secrets?: boolean },
): Properties {
  return rebuildAll(properties, (value) => {
    if (isSecret(value) && options.secrets !== true) return value["value"] ?? null;
    if (isResource(value)) return value["id"] ?? value["urn"] ?? null;
    if (isAsset(value) && !options.assetContents) return { [SIGNATURE]: ASSET, hash: value["hash"] ?? "" };
    return value;
  });
}

/**
 * Marks as secret in `outs` what is secret in `ins` under the same key. A map is marked leaf by leaf, anything else
 * that holds a secret as a whole: a list may come back in another order.
 */
export function markSecrets(outs: Properties, ins: Properties): Properties {
  const entries = Object.entries(outs).map(
    ([key, output]) => [key, Object.hasOwn(ins, key) ? markedLike(output, ins[key]) : output] as const,
  );
  return Object.fromEntries(entries);
}

function markedLike(output: Value, input: Value | undefined): Value {
  if (isPlainObject(output) && isPlainObject(input)) return markSecrets(output, input);
  return input !== undefined && containsSecret(input) ? secret(output) : output;
}

/** Gives assets that came back with their hash alone the contents they had in `known`. */
export function restoreAssets(properties: Properties, known: Properties): Properties {
  const contents = new Map<Value | undefined, Value>();
  rebuildAll(known, (value) => {
    if (isAsset(value)) contents.set(value["hash"], value);
    return value;
  });
  return rebuildAll(properties, (value) => {
    const bare = isAsset(value) && !value["text"] && !value["path"] && !value["uri"];
    return bare ? (contents.get(value["hash"]) ?? value) : value;
  });
}
