import type { ReadResourceRequest, RegisterResourceRequest } from "@pulumi/pulumi/proto/resource_pb.js";
import type { SourcePosition } from "@pulumi/pulumi/proto/source_pb.js";
import { relative } from "node:path";
import { fileURLToPath } from "node:url";
import { unsupported, UserError } from "../errors.js";
import type { Alias } from "../plan/aliases.js";
import { fromStruct } from "../protocol/pulumi.js";
import { received } from "../values/incoming.js";
import type { Properties } from "../values/properties.js";

/** A resource as the program wants it. */
export interface Goal {
  readonly type: string;
  readonly name: string;
  readonly custom: boolean;
  readonly parent: string | undefined;
  readonly inputs: Properties;
  /** `<urn>::<id>`; undefined stands for the default provider. */
  readonly provider: string | undefined;
  readonly dependencies: readonly string[];
  readonly propertyDependencies: Readonly<Record<string, readonly string[]>>;
  readonly additionalSecretOutputs: readonly string[];
  readonly aliases: readonly Alias[];
  /** Undefined where the program does not say: then the parent's holds, as for the next two. */
  readonly protect: boolean | undefined;
  readonly retainOnDelete: boolean | undefined;
  readonly deletedWith: string | undefined;
  /** Seconds by verb. */
  readonly customTimeouts: Readonly<Record<string, number>>;
  readonly sourcePosition: string | undefined;
  readonly stackTrace: readonly { readonly sourcePosition?: string }[];
  /** Set where the program reads a resource that it does not manage. */
  readonly readId?: string;
}

/** The goal of a resource of which nothing is said. */
export const BARE = {
  parent: undefined,
  provider: undefined,
  dependencies: [],
  propertyDependencies: {},
  additionalSecretOutputs: [],
  aliases: [],
  protect: undefined,
  retainOnDelete: undefined,
  deletedWith: undefined,
  customTimeouts: {},
  sourcePosition: undefined,
  stackTrace: [],
} satisfies Partial<Goal>;

/** The folders that a program's paths are relative to. */
export interface Folders {
  /** Of the project file. */
  readonly root: string;
  /** Of the program. */
  readonly workDir: string;
}

const SECONDS: Readonly<Record<string, number>> = { h: 3600, m: 60, s: 1, ms: 1e-3, us: 1e-6, µs: 1e-6, ns: 1e-9 };

/**
 * Seconds of a duration like `1h30m`.
 *
 * @throws UserError when it is none.
 */
export function seconds(duration: string): number {
  if (!/^((\d+(\.\d*)?|\.\d+)(ms|us|µs|ns|h|m|s))+$/u.test(duration))
    throw new UserError(`unable to parse customTimeout Value ${duration}: expected a duration like "90s" or "1h30m"`);
  const parts = [...duration.matchAll(/([\d.]+)(ms|us|µs|ns|h|m|s)/gu)];
  return parts.reduce((sum, [, amount, unit]) => sum + Number(amount) * (SECONDS[unit ?? "s"] ?? 1), 0);
}

function timeouts(request: RegisterResourceRequest): Record<string, number> {
  const given: Partial<RegisterResourceRequest.CustomTimeouts> | undefined = request.getCustomtimeouts();
  const verbs = {
    create: given?.getCreate?.(),
    update: given?.getUpdate?.(),
    delete: given?.getDelete?.(),
    read: given?.getRead?.(),
  };
  const set = Object.entries(verbs).filter((entry): entry is [string, string] => Boolean(entry[1]));
  return Object.fromEntries(set.map(([verb, duration]) => [verb, seconds(duration)]));
}

/** `project:///index.js#54,38`: where in the project a resource was declared. */
function position(source: SourcePosition | undefined, root: string): string | undefined {
  if (!source?.getUri().startsWith("file://")) return undefined;
  const column = source.getColumn() === 0 ? "" : `,${source.getColumn()}`;
  const path = relative(root, fileURLToPath(source.getUri())).split("/").map(encodeURIComponent).join("/");
  return `project:///${path.replaceAll("%40", "@")}#${source.getLine()}${column}`;
}

function provenance(
  request: RegisterResourceRequest | ReadResourceRequest,
  root: string,
): Pick<Goal, "sourcePosition" | "stackTrace"> {
  const frames = request.getStacktrace()?.getFramesList() ?? [];
  const positions = frames.map((frame) => position(frame.getPc(), root));
  return {
    sourcePosition: position(request.getSourceposition(), root),
    stackTrace: positions.map((sourcePosition) => (sourcePosition === undefined ? {} : { sourcePosition })),
  };
}

/** Options that would change what happens, and that this engine does not carry out. */
function refuse(request: RegisterResourceRequest): void {
  const refused: [boolean, string][] = [
    [request.getRemote(), "A remote component"],
    [request.getIgnorechangesList().length > 0, "The resource option ignoreChanges"],
    [request.getReplaceonchangesList().length > 0, "The resource option replaceOnChanges"],
    [request.getDeletebeforereplace(), "The resource option deleteBeforeReplace"],
    [request.getImportid() !== "", "The resource option import"],
    [request.getTransformsList().length > 0, "The resource option transforms"],
    [request.getReplaceWithList().length > 0, "The resource option replaceWith"],
    [request.hasReplacementTrigger(), "The resource option replacementTrigger"],
    [request.getHidediffsList().length > 0, "The resource option hideDiffs"],
    [request.hasHooks() && hooked(request), "The resource option hooks"],
    [mapsEnvironment(request), "The provider option envVarMappings"],
    [request.getPackageref() !== "", "A parameterized package"],
    [request.getVersion() !== "" || request.getPlugindownloadurl() !== "", "A version of a provider"],
  ];
  const first = refused.find(([given]) => given);
  if (first) throw unsupported(`${first[1]} (of ${request.getName()})`);
}

/** Older versions of the SDK know nothing of it. */
const mapsEnvironment = (request: Partial<RegisterResourceRequest>): boolean =>
  (request.getEnvvarmappingsMap?.().getLength() ?? 0) > 0;

function hooked(request: RegisterResourceRequest): boolean {
  const bindings = request.getHooks()?.toObject() ?? {};
  return Object.values(bindings).some((names) => Array.isArray(names) && names.length > 0);
}

const orUndefined = (text: string): string | undefined => (text === "" ? undefined : text);

/**
 * What a program's registration asks for.
 *
 * @throws UserError that names an option which this engine does not carry out.
 */
export function goalOf(request: RegisterResourceRequest, folders: Folders): Goal {
  refuse(request);
  const properties = request.getPropertydependenciesMap().toArray() as unknown as [string, unknown][];
  return {
    type: request.getType(),
    name: request.getName(),
    custom: request.getCustom(),
    parent: orUndefined(request.getParent()),
    inputs: received(fromStruct(request.getObject()), folders.workDir),
    provider: orUndefined(request.getProvider()),
    dependencies: [...new Set(request.getDependenciesList())],
    propertyDependencies: Object.fromEntries(properties.map(([key]) => [key, dependenciesOf(request, key)])),
    additionalSecretOutputs: request.getAdditionalsecretoutputsList(),
    aliases: aliasesOf(request),
    protect: request.hasProtect() ? request.getProtect() : undefined,
    retainOnDelete: request.hasRetainondelete() ? request.getRetainondelete() : undefined,
    deletedWith: orUndefined(request.getDeletedwith()),
    customTimeouts: timeouts(request),
    ...provenance(request, folders.root),
  };
}

/** Other identities under which a program says that the resource may stand in the state. */
export function aliasesOf(request: RegisterResourceRequest): Alias[] {
  return request.getAliasesList().map((alias) => aliasOf(alias.toObject(), request.getAliasspecs()));
}

function dependenciesOf(request: RegisterResourceRequest, key: string): string[] {
  return request.getPropertydependenciesMap().get(key)?.getUrnsList() ?? [];
}

type AliasMessage = ReturnType<ReturnType<RegisterResourceRequest["getAliasesList"]>[number]["toObject"]>;

/** An SDK that does not know alias specs says "no parent" where it means the resource's own parent, and the reverse. */
function aliasOf({ urn, spec }: AliasMessage, exact: boolean): Alias {
  if (spec === undefined) return { urn };
  const { name, type, stack, project, parenturn, noparent } = spec;
  const noParent = exact ? noparent : parenturn === "" && !noparent;
  return {
    ...(name !== "" && { name }),
    ...(type !== "" && { type }),
    ...(stack !== "" && { stack }),
    ...(project !== "" && { project }),
    ...(parenturn !== "" && { parent: parenturn }),
    ...(noParent && { noParent }),
  };
}

/** What a program's read asks for. */
export function readGoalOf(request: ReadResourceRequest, folders: Folders): Goal & { readonly readId: string } {
  if (request.getPackageref() !== "") throw unsupported(`A parameterized package (of ${request.getName()})`);
  return {
    ...BARE,
    type: request.getType(),
    name: request.getName(),
    custom: true,
    parent: orUndefined(request.getParent()),
    inputs: received(fromStruct(request.getProperties()), folders.workDir),
    provider: orUndefined(request.getProvider()),
    dependencies: [...new Set(request.getDependenciesList())],
    additionalSecretOutputs: request.getAdditionalsecretoutputsList(),
    readId: request.getId(),
    ...provenance(request, folders.root),
  };
}
