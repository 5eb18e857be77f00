import { readFileSync } from "node:fs";
import { join } from "node:path";
import Ajv from "ajv/dist/2020";
import { parse } from "yaml";

type Json = null | boolean | number | string | Json[] | { [name: string]: Json };
type Schema = Readonly<Record<string, Json>>;

/** One operation of the API's description, with all references resolved. */
export interface Operation {
  readonly id: string;
  readonly method: string;
  readonly path: string;
  /** Whether it asks for the key. */
  readonly keyed: boolean;
  /** By content type. */
  readonly body: Readonly<Record<string, Schema>>;
  readonly status: number;
  /** Of the success, by content type; empty where it has no body. */
  readonly success: Readonly<Record<string, Schema>>;
}

const written = parse(readFileSync(join(__dirname, "../../docs/openapi.yaml"), "utf8")) as Schema;
const document = object(resolved({ ...written }));
const ajv = new Ajv({ strict: false, validateFormats: false, allErrors: true });

export const operations: readonly Operation[] = Object.entries(object(document["paths"])).flatMap(([path, methods]) =>
  Object.entries(object(methods)).flatMap(([method, described]) =>
    method === "parameters" ? [] : [toOperation(path, method, object(described))],
  ),
);

/** The operation that a request is for. */
export function operationOf(method: string, path: string): Operation | undefined {
  return operations.find(
    (one) => one.method === method && new RegExp(`^${one.path.replace(/\{\w+\}/gu, "[^/]+")}$`, "u").test(path),
  );
}

/** What is wrong with a value by the description; undefined where nothing is. */
export function faultOf(schema: Schema, value: unknown): string | undefined {
  const known = new Set(Object.keys(propertiesOf(schema)));
  const undocumented =
    typeof value === "object" && value !== null ? Object.keys(value).filter((name) => !known.has(name)) : [];
  if (undocumented.length > 0) return `not in the description: ${undocumented.join(", ")}`;
  return ajv.validate(schema, value) ? undefined : ajv.errorsText();
}

/** The API's two error shapes, as the description has them. */
export const errorSamples: readonly unknown[] = (
  object(object(object(document["components"])["schemas"])["Error"])["anyOf"] as Schema[]
).map((shape) => sample(shape, true));

/** A value that the schema allows: with all that it describes, or only what it requires. */
export function sample(schema: Schema, full: boolean): Json {
  if (schema["const"] !== undefined) return schema["const"];
  const [first] = [schema["enum"] ?? schema["examples"] ?? []].flat();
  if (first !== undefined) return first;
  if (schema["allOf"] !== undefined)
    return Object.assign({}, ...(schema["allOf"] as Schema[]).map((part) => sample(part, full))) as Json;
  const type = [schema["type"] ?? "null"].flat()[0];
  if (type === "object") {
    const names = full ? Object.keys(propertiesOf(schema)) : ((schema["required"] as string[] | undefined) ?? []);
    return Object.fromEntries(names.map((name) => [name, sample(object(propertiesOf(schema)[name] ?? {}), full)]));
  }
  if (type === "array") return full ? [sample(object(schema["items"] ?? {}), full)] : [];
  return type === "string" ? "text" : type === "boolean" ? true : type === "null" ? null : 1;
}

function toOperation(path: string, method: string, described: Schema): Operation {
  const responses = object(described["responses"]);
  const [status = ""] = Object.keys(responses).filter((code) => code.startsWith("2"));
  return {
    id: described["operationId"] as string,
    method: method.toUpperCase(),
    path,
    keyed: described["security"] === undefined,
    body: contentOf(described["requestBody"]),
    status: Number(status),
    success: contentOf(responses[status]),
  };
}

function contentOf(described: Json | undefined): Readonly<Record<string, Schema>> {
  if (described === undefined) return {};
  const content = object(described)["content"] ?? {};
  return Object.fromEntries(
    Object.entries(object(content)).map(([type, media]) => [type, object(object(media)["schema"] ?? {})]),
  );
}

function propertiesOf(schema: Schema): Schema {
  const parts = ((schema["allOf"] ?? []) as Schema[]).map(propertiesOf);
  return Object.assign({}, schema["properties"], ...parts) as Schema;
}

/** The description has no circles. */
function resolved(value: Json): Json {
  if (Array.isArray(value)) return value.map(resolved);
  if (typeof value !== "object" || value === null) return value;
  const { $ref } = value;
  if (typeof $ref !== "string")
    return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, resolved(inner)]));
  return resolved(
    $ref
      .slice(2)
      .split("/")
      .reduce<Json>((at, name) => object(at)[name] ?? null, { ...written }),
  );
}

function object(value: Json | undefined): Schema {
  const whole = value ?? null;
  if (typeof whole !== "object" || whole === null || Array.isArray(whole))
    throw new Error(`expected an object in the API's description, not ${JSON.stringify(value)}`);
  return whole;
}
