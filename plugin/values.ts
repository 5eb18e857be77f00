/**
 * Values as the protocol carries them: JSON in which an object with a signature stands for what JSON cannot say. The
 * lifecycles work with plain values; which of them were secret is kept beside.
 */
import { SIGNATURE_KEY } from "../provider/inputs/content.js";
import { UNKNOWN, type Properties } from "../provider/engine/values.js";
import { Struct, type StructMessage } from "./protocol.js";

const SECRET = "1b47061264138c4ac30d75fd1eb44270";
const RESOURCE = "5cf8f73096256a8f31e491e813e4eb8e";
const OUTPUT = "d0e6a833031e9bbcd3f4e8bde6ca49a4";
const ASSET = "c44067f5952c0a294b673a41bacd8c17";

/** Properties as the engine sent them. */
export interface Received {
  /** With their secrets marked. */
  readonly marked: Properties;
  /** Without marks. */
  readonly plain: Properties;
  /** The properties that are secret, or have something secret in them. */
  readonly secret: ReadonlySet<string>;
}

/** Reads properties. None at all are an empty bag. */
export function received(message: StructMessage | undefined): Received {
  const marked = (message?.toJavaScript() ?? {}) as Properties;
  const secret = Object.keys(marked).filter((name) => hasSecret(marked[name]));
  return { marked, plain: plainOf(marked) as Properties, secret: new Set(secret) };
}

/** Properties without the one of a name. */
export function without(properties: Properties, name: string): Properties {
  return Object.fromEntries(Object.entries(properties).filter(([other]) => other !== name));
}

/** An asset of which the engine knows the hash. */
export function assetOf(parts: { readonly hash: string; readonly path?: string; readonly text?: string }): Properties {
  return { [SIGNATURE_KEY]: ASSET, ...parts };
}

function isMap(value: unknown): value is Properties {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isSecret(value: unknown): value is Properties {
  return (
    isMap(value) && (value[SIGNATURE_KEY] === SECRET || (value[SIGNATURE_KEY] === OUTPUT && value["secret"] === true))
  );
}

function hasSecret(value: unknown): boolean {
  if (isSecret(value)) return true;
  return typeof value === "object" && value !== null && Object.values(value).some(hasSecret);
}

function plainOf(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plainOf);
  if (!isMap(value)) return value;
  switch (value[SIGNATURE_KEY]) {
    case SECRET:
      return plainOf(value["value"]);
    case OUTPUT:
      return "value" in value ? plainOf(value["value"]) : UNKNOWN;
    case RESOURCE:
      return value["id"] ?? value["urn"];
    default:
      return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, plainOf(part)]));
  }
}

/**
 * Properties as the engine takes them.
 *
 * @param secret the names of those that are secret whatever they were.
 * @param like properties of which those of the same name were secret, or had something secret in them.
 */
export function sent(
  values: Properties,
  secret: ReadonlySet<string> = new Set(),
  like: Properties = {},
): StructMessage {
  const marked = Object.entries(values).flatMap(([name, value]) => {
    const whole = defined(value);
    return whole === undefined ? [] : [[name, secret.has(name) ? secretOf(whole) : markedLike(whole, like[name])]];
  });
  return Struct.fromJavaScript(Object.fromEntries(marked) as Parameters<typeof Struct.fromJavaScript>[0]);
}

/** A map is marked part by part; anything else that had something secret in it, as a whole. */
function markedLike(value: unknown, like: unknown): unknown {
  if (isSecret(like)) return secretOf(value);
  if (!isMap(value) || !isMap(like)) return hasSecret(like) ? secretOf(value) : value;
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, markedLike(part, like[name])]));
}

function secretOf(value: unknown): unknown {
  return { [SIGNATURE_KEY]: SECRET, value };
}

/** A value without anything undefined, for which the protocol has no word. */
function defined(value: unknown): unknown {
  if (Array.isArray(value)) return value.map((part) => defined(part) ?? null);
  if (!isMap(value)) return value;
  const parts = Object.entries(value).map(([name, part]) => [name, defined(part)] as const);
  return Object.fromEntries(parts.filter(([, part]) => part !== undefined));
}

/**
 * A value of a program in which each part that is secret, not known yet, or comes of a resource says so itself, as an
 * output value: what is said of a map or a list is said of its parts.
 *
 * @param dependencies the URNs that the whole comes of. A value with output values has them at their places instead.
 */
export function withOutputs(value: unknown, dependencies: readonly string[]): unknown {
  return perPart(value, { isSecret: false, dependencies: hasOutput(value) ? [] : dependencies });
}

/** What is said of a value as a whole. */
interface About {
  readonly isSecret: boolean;
  readonly dependencies: readonly string[];
}

function perPart(value: unknown, about: About): unknown {
  if (Array.isArray(value)) return value.map((part) => perPart(part, about));
  if (!isMap(value)) return outputValue(value, about);
  switch (value[SIGNATURE_KEY]) {
    case undefined:
      return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, perPart(part, about)]));
    case SECRET:
      return perPart(value["value"], { ...about, isSecret: true });
    case OUTPUT:
      return perPart("value" in value ? value["value"] : UNKNOWN, {
        isSecret: about.isSecret || value["secret"] === true,
        dependencies: [...about.dependencies, ...((value["dependencies"] ?? []) as string[])],
      });
    default:
      return outputValue(value, about);
  }
}

function outputValue(value: unknown, { isSecret, dependencies }: About): unknown {
  const isKnown = value !== UNKNOWN;
  if (isKnown && !isSecret && dependencies.length === 0) return value;
  return { [SIGNATURE_KEY]: OUTPUT, ...(isKnown && { value }), secret: isSecret, dependencies };
}

function hasOutput(value: unknown): boolean {
  if (typeof value !== "object" || value === null) return false;
  return (value as Properties)[SIGNATURE_KEY] === OUTPUT || Object.values(value).some(hasOutput);
}
