import { isRecord, property } from "./property.js";

/** Deeper schemas get the least that they allow. */
const DEPTH = 5;

/** References that are followed, one after the other, before a schema counts as one that refers to itself. */
const REFERENCES = 64;

type Schema = Readonly<Record<string, unknown>>;

/**
 * A value that satisfies a JSON schema, as far as that says what it wants by types, properties, enumerations, bounds,
 * references and alternatives. Texts are `words`, or an example of their `format`.
 */
export function exampleOf(schema: unknown, words: string): unknown {
  return new Examples(schema, words).of(schema, 0);
}

class Examples {
  constructor(
    private readonly root: unknown,
    private readonly words: string,
  ) {}

  of(given: unknown, depth: number): unknown {
    const schema = this.#resolved(given);
    for (const name of ["const", "default"]) if (Object.hasOwn(schema, name)) return schema[name];
    const [first] = listOf(schema["enum"]);
    if (Array.isArray(schema["enum"])) return first;
    switch (typeOf(schema)) {
      case "string":
        return this.#text(schema);
      case "integer":
      case "number":
        return numberIn(schema, typeOf(schema) === "integer");
      case "boolean":
        return true;
      case "null":
        return null;
      case "array":
        return this.#list(schema, depth);
      default:
        return this.#object(schema, depth);
    }
  }

  /** The schema with its references followed, the first of its alternatives chosen and all its parts put together. */
  #resolved(given: unknown, count = 0): Schema {
    if (!isRecord(given) || count > REFERENCES) return {};
    const { $ref: reference, allOf, anyOf, oneOf, ...own } = given;
    const [chosen] = [...listOf(anyOf), ...listOf(oneOf)];
    const others = [...(typeof reference === "string" ? [this.#at(reference)] : []), ...listOf(allOf), chosen];
    return others.map((other) => this.#resolved(other, count + 1)).reduce(merged, own);
  }

  #at(reference: string): unknown {
    const names = reference
      .replace(/^#\/?/u, "")
      .split("/")
      .filter((name) => name !== "");
    const plain = names.map((name) => decodeURIComponent(name).replaceAll("~1", "/").replaceAll("~0", "~"));
    return plain.reduce<unknown>(property, this.root);
  }

  #text(schema: Schema): string {
    const format = FORMATS[String(schema["format"])];
    if (format !== undefined) return format;
    const least = wholeOf(schema["minLength"]) ?? 0;
    const padded = this.words.padEnd(least, ".");
    return Array.from(padded).slice(0, wholeOf(schema["maxLength"])).join("");
  }

  #list(schema: Schema, depth: number): unknown[] {
    const fixed = listOf(schema["prefixItems"]);
    const least = wholeOf(schema["minItems"]) ?? (depth > DEPTH ? 0 : Math.max(1, fixed.length));
    const length = Math.min(least, wholeOf(schema["maxItems"]) ?? Infinity, 1_000);
    return Array.from({ length }, (_, index) =>
      this.of(fixed[index] ?? schema["items"] ?? { type: "string" }, depth + 1),
    );
  }

  #object(schema: Schema, depth: number): unknown {
    const required = listOf(schema["required"]);
    const properties = isRecord(schema["properties"]) ? Object.entries(schema["properties"]) : [];
    const wanted = depth > DEPTH ? properties.filter(([name]) => required.includes(name)) : properties;
    // What refers to itself without end gets no value at all.
    if (depth > 4 * DEPTH) return null;
    return Object.fromEntries(wanted.map(([name, part]) => [name, this.of(part, depth + 1)]));
  }
}

const FORMATS: Readonly<Record<string, string>> = {
  "date-time": "2026-01-31T12:00:00Z",
  date: "2026-01-31",
  time: "12:00:00Z",
  duration: "P1D",
  email: "somebody@example.com",
  hostname: "example.com",
  ipv4: "192.0.2.1",
  ipv6: "2001:db8::1",
  uri: "https://example.com/",
  url: "https://example.com/",
  uuid: "00000000-0000-4000-8000-000000000000",
};

function merged(left: Schema, right: Schema): Schema {
  const both = { ...right, ...left };
  if (isRecord(left["properties"]) && isRecord(right["properties"])) {
    return { ...both, properties: { ...right["properties"], ...left["properties"] } };
  }
  return both;
}

function typeOf(schema: Schema): unknown {
  const type = schema["type"];
  if (Array.isArray(type)) return (type as unknown[]).find((name) => name !== "null") ?? "null";
  if (type !== undefined) return type;
  if (["prefixItems", "items"].some((name) => Object.hasOwn(schema, name))) return "array";
  return ["format", "minLength", "maxLength", "pattern"].some((name) => Object.hasOwn(schema, name))
    ? "string"
    : "object";
}

/** The least number that the bounds allow, from 1 where there is none. */
function numberIn(schema: Schema, isWhole: boolean): number {
  const bound = (name: string): number | undefined => (typeof schema[name] === "number" ? schema[name] : undefined);
  const step = bound("multipleOf") ?? (isWhole ? 1 : undefined);
  const above = bound("exclusiveMinimum");
  const least = bound("minimum") ?? (above === undefined ? undefined : above + (step ?? 0.5));
  const below = bound("exclusiveMaximum");
  const most = bound("maximum") ?? (below === undefined ? undefined : below - (step ?? 0.5));
  const value = least ?? Math.min(1, most ?? 1);
  return step === undefined ? value : Math.ceil(value / step) * step;
}

function listOf(value: unknown): unknown[] {
  return Array.isArray(value) ? (value as unknown[]) : [];
}

function wholeOf(value: unknown): number | undefined {
  return Number.isSafeInteger(value) && (value as number) >= 0 ? (value as number) : undefined;
}
