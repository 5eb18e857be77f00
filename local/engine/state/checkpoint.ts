import { createHash } from "node:crypto";
import { copyFileSync, existsSync } from "node:fs";
import { unsupported, UserError } from "../errors.js";
import type { StackPlace } from "./backend.js";
import { CLI_VERSION } from "../protocol/version.js";
import { readIfThere, writeAtomically } from "./files.js";
import type { Operation, SealedResource } from "./resource.js";

/** The last known state of a stack, secrets still encrypted. */
export interface Snapshot {
  readonly resources: readonly SealedResource[];
  readonly pendingOperations: readonly Operation[];
  /** The salt of the passphrase that the secrets are encrypted with; undefined for a stack without a state. */
  readonly salt?: string;
  /** When it was written, RFC 3339. */
  readonly time?: string;
}

interface Deployment {
  readonly manifest?: { readonly time?: string; readonly magic?: string; readonly version?: string };
  readonly secrets_providers?: { readonly type?: string; readonly state?: { readonly salt?: string } };
  readonly resources?: readonly SealedResource[];
  readonly pending_operations?: readonly Operation[];
  readonly metadata?: object;
}

interface Checkpoint {
  readonly version?: number;
  readonly checkpoint?: { readonly stack?: string; readonly latest?: Deployment };
}

const digest = (text: string): string => createHash("sha256").update(text).digest("hex");

/** The part that `stack export` prints and the checkpoint holds as `latest`. */
export function deployment(snapshot: Snapshot): Deployment {
  const { salt, resources, pendingOperations } = snapshot;
  return {
    manifest: { time: snapshot.time ?? new Date().toISOString(), magic: digest(CLI_VERSION), version: CLI_VERSION },
    ...(salt !== undefined && { secrets_providers: { type: "passphrase", state: { salt } } }),
    ...(resources.length > 0 && { resources }),
    ...(pendingOperations.length > 0 && { pending_operations: pendingOperations }),
    metadata: {},
  };
}

function broken(path: string, why: string): UserError {
  const backup = existsSync(`${path}.bak`) ? `; the state before it is in ${path}.bak` : "";
  return new UserError(`the state file ${path} is broken: ${why}. It was left as it is${backup}`);
}

function parsed(path: string, text: string): Checkpoint {
  try {
    return JSON.parse(text) as Checkpoint;
  } catch (error) {
    throw broken(path, error instanceof SyntaxError ? `not valid JSON (${error.message})` : "unreadable");
  }
}

function checked(path: string, resources: readonly SealedResource[]): readonly SealedResource[] {
  if (typeof resources.map !== "function") throw broken(path, "`resources` is not a list");
  for (const { urn, type } of resources)
    if (typeof urn !== "string" || typeof type !== "string") throw broken(path, "a resource has no urn or type");
  return resources;
}

/** What a checkpoint file says, and a digest that tells it from every other version of it. */
export interface Loaded {
  readonly snapshot: Snapshot;
  readonly digest: string;
}

/**
 * Reads a stack's state.
 *
 * @returns undefined when the stack does not exist.
 * @throws UserError when the file is cut, broken by hand, or encrypted by other means than a passphrase.
 */
export function load(place: StackPlace): Loaded | undefined {
  const path = place.checkpoint;
  const text = readIfThere(path);
  if (text === undefined) return undefined;
  const { version, checkpoint } = parsed(path, text);
  if (version !== 3) throw broken(path, `expected a checkpoint of version 3, found ${String(version)}`);
  const latest = checkpoint?.latest ?? {};
  const { type, state } = latest.secrets_providers ?? {};
  if (type !== undefined && type !== "passphrase") throw unsupported(`The secrets provider "${type}"`);
  return {
    digest: digest(text),
    snapshot: {
      resources: checked(path, latest.resources ?? []),
      pendingOperations: latest.pending_operations ?? [],
      ...(state?.salt !== undefined && { salt: state.salt }),
      ...(latest.manifest?.time !== undefined && { time: latest.manifest.time }),
    },
  };
}

/** A checkpoint's text and its digest, ready to be written. */
export function drafted(place: StackPlace, snapshot: Snapshot): { text: string; digest: string } {
  const text = JSON.stringify({ version: 3, checkpoint: { stack: place.fullName, latest: deployment(snapshot) } });
  return { text, digest: digest(text) };
}

/** Replaces the checkpoint; the one before it stays as `<stack>.json.bak`. */
export function save(place: StackPlace, text: string): void {
  if (existsSync(place.checkpoint)) copyFileSync(place.checkpoint, `${place.checkpoint}.bak`);
  writeAtomically(place.checkpoint, text);
}
