/** The resources that the plugin serves, and what their classes do in programs that have the classes. */
import { isDeepStrictEqual } from "node:util";
import { declared } from "../provider/inputs/declared-source.js";
import { sha256 } from "../provider/inputs/hash.js";
import { fileProblem, hashOf, openLocal, type PathRules } from "../provider/inputs/files/local-file.js";
import { ownerOf } from "../provider/ownership/tag.js";
import type { Fields } from "../provider/pulumi/fields.js";
import type { Lifecycle } from "../provider/pulumi/lifecycle.js";
import { isUnknown, UNKNOWN, type Properties } from "../provider/engine/values.js";
import { fields as collectionFields } from "../provider/resources/collection/schema.js";
import { lifecycle as collectionLifecycle } from "../provider/resources/collection/lifecycle.js";
import { fields as documentsFields } from "../provider/resources/documents/schema.js";
import { lifecycle as documentsLifecycle } from "../provider/resources/documents/lifecycle.js";
import { fields as fileFields } from "../provider/resources/file/schema.js";
import { lifecycle as fileLifecycle } from "../provider/resources/file/lifecycle.js";
import { fields as itemFields } from "../provider/resources/item/schema.js";
import { lifecycle as itemLifecycle } from "../provider/resources/item/lifecycle.js";
import { fields as retrievalTestFields } from "../provider/resources/retrieval-test/schema.js";
import { lifecycle as retrievalTestLifecycle } from "../provider/resources/retrieval-test/lifecycle.js";
import { assetOf, type Received } from "./values.js";

/** A resource as the plugin serves it. */
export interface Served {
  readonly fields: Fields;
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- verbs take what their own resource's check answers
  readonly lifecycle: Lifecycle<any, any>;
  /**
   * The inputs that may not be told where they are secret, each with what is computed of it and is secret then, too.
   */
  readonly hides: Readonly<Record<string, readonly string[]>>;
  /** What an update changes besides the outputs that are called like an input. */
  readonly updates: readonly string[];
  /** Why an existing object cannot be imported. Default: it can. */
  readonly noImport?: string;
  /** Gives an input the form in which the class hands it on. @param before the inputs of the state. */
  readonly prepare?: (inputs: Properties, before: Properties) => Properties | Promise<Properties>;
}

const TAKE_OVER = 'have "npx vultr-inference adopt" write the program, which takes over what a collection holds';

/** By the last part of the type token. */
export const RESOURCES: Readonly<Record<string, Served>> = {
  Collection: { fields: collectionFields, lifecycle: collectionLifecycle, hides: { name: ["nameInApi"] }, updates: [] },
  Item: {
    fields: itemFields,
    lifecycle: itemLifecycle,
    hides: { content: ["contentHash"], description: ["descriptionInApi"] },
    updates: [],
  },
  File: {
    fields: fileFields,
    lifecycle: fileLifecycle,
    hides: { source: ["contentHash"], filename: ["filenameInApi"] },
    updates: ["status", "items", "tokens", "error"],
    prepare: async (inputs) => ({
      ...inputs,
      ...(typeof inputs["source"] === "string" && { source: await assetAt(inputs["source"], inputs) }),
    }),
  },
  Documents: {
    fields: documentsFields,
    lifecycle: documentsLifecycle,
    hides: { source: ["documents", "manifest"] },
    updates: ["manifest", "revision", "documentCount", "chunkCount", "drift", "unmanagedItems"],
    noImport:
      "Documents cannot be imported: which items are whose document only their state knows. To manage what exists, " +
      `${TAKE_OVER}.`,
    prepare: (inputs, { source }) => ({
      ...inputs,
      ...(inputs["source"] !== undefined && { source: packed(inputs["source"], source) }),
    }),
  },
  RetrievalTest: {
    fields: retrievalTestFields,
    lifecycle: retrievalTestLifecycle,
    hides: { cases: ["casesHash"] },
    updates: ["recall", "mrr", "passed", "results"],
    noImport: "A RetrievalTest cannot be imported: it exists in the stack that declares it, and not in the API.",
  },
};

/** The name under which Pulumi knows the plugin. */
export const PACKAGE = "vultr-inference";

/** The token of a type or function of this package. */
export function tokenOf(name: string): string {
  return `${PACKAGE}:index:${name}`;
}

/** The resource of a URN. @throws Error where there is none. */
export function servedAs(urn: string): { readonly name: string; readonly served: Served } {
  const type = (urn.split("::")[2] ?? "").split("$").at(-1) ?? "";
  const name = type.split(":").at(-1) ?? "";
  const served = type === tokenOf(name) && Object.hasOwn(RESOURCES, name) ? RESOURCES[name] : undefined;
  if (served !== undefined) return { name, served };
  if (type === tokenOf("KnowledgeBase"))
    throw new Error(
      "A KnowledgeBase cannot be imported: it is made of other resources. Import its collection, items and files, or " +
        `${TAKE_OVER}.`,
    );
  const known = Object.keys(RESOURCES).map(tokenOf).join(", ");
  throw new Error(`There is no resource type ${type} in this version of ${PACKAGE}. There are ${known}.`);
}

/**
 * The URN that the same resource has as a dynamic one: its tags and claims stay where a stack goes from one to the
 * other.
 */
export function dynamicUrn(urn: string): string {
  const [stack = "", project = "", types = "", ...name] = urn.split("::");
  const dynamic = types.split("$").map((type) => {
    const last = type.split(":").at(-1) ?? "";
    return type === tokenOf(last) && Object.hasOwn(RESOURCES, last) ? `pulumi-nodejs:dynamic/${PACKAGE}:${last}` : type;
  });
  return [stack, project, dynamic.join("$"), ...name].join("::");
}

/** A program's inputs with all that the class adds to them. */
export async function preparedInputs(
  served: Served,
  urn: string,
  { plain: inputs, secret }: Pick<Received, "plain" | "secret">,
  before: Properties = {},
): Promise<Properties> {
  const { fields, hides, prepare = (given: Properties) => given } = served;
  const confidential = Object.keys(hides).some((name) => secret.has(name)) || undefined;
  const added = { owner: ownerOf(dynamicUrn(urn)), resourceUrn: urn, confidential };
  const taken = Object.entries(added).filter(([name, value]) => Object.hasOwn(fields, name) && value !== undefined);
  return { ...(await prepare(inputs, before)), ...Object.fromEntries(taken) };
}

/** The asset of a path, or why there is none. */
async function assetAt(path: string, { followLinks }: Properties): Promise<unknown> {
  if (isUnknown(path)) return path;
  const rules: PathRules = { followLinks: followLinks === true };
  const problem = fileProblem(path, rules);
  if (problem !== undefined) return { problem };
  const file = openLocal(path, rules);
  try {
    return assetOf({ path, hash: await hashOf(file) });
  } finally {
    file.close();
  }
}

/**
 * Puts texts into an asset, in whose place the check leaves their hash, and marks what else the program gives as its
 * own. A hash that the engine has put in the texts' place, as the option `ignoreChanges` asks for, stays one.
 */
function packed(source: unknown, before: unknown): unknown {
  if (isUnknown(source)) return UNKNOWN;
  if (hasHash(source) && isDeepStrictEqual(source, before)) return source;
  if (typeof source !== "object" || source === null || !("texts" in source)) return declared(source);
  const text = JSON.stringify(source.texts);
  return { ...source, texts: assetOf({ text, hash: sha256(text) }) };
}

function hasHash(source: unknown): boolean {
  return typeof source === "object" && source !== null && "texts" in source && typeof source.texts === "string";
}
