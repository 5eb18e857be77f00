import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { z } from "zod";

/**
 * What a creation has done so far, kept on this machine until the engine has its result: if the process is killed in
 * between, the next run knows what is its own. It holds ids and hashes, no name, no content and no key.
 */
export interface Creation {
  readonly claim: string;
  /** Names the resource: `ownerOf` its URN. */
  readonly owner: string;
  readonly kind: "collection" | "file" | "item" | "documents";
  /** The scheme, host and port of the API. */
  readonly origin: string;
  /** Stands for the key, as in `place.ts`. */
  readonly account: string;
  /** The collection that it is in. */
  readonly collectionId?: string | undefined;
  /** The SHA-256 of what is uploaded. */
  readonly contentHash?: string | undefined;
  /** Whether a request that makes something may have been sent. Until then nothing can have come of it. */
  readonly sent?: boolean | undefined;
  /** What the API has made for it, once it has answered, or what was taken over. */
  readonly id?: string | undefined;
  /** When the API made that, as it says it. */
  readonly created?: string | undefined;
  /** The process that began it. */
  readonly pid: number;
  /**
   * When that process was started, in milliseconds since the epoch: numbers of processes come again. Not there where
   * the system does not say.
   */
  readonly startedAt?: number | undefined;
  /** When it began, in milliseconds since the epoch. */
  readonly at: number;
  /** Whether the engine was given its result: its requests have all been answered. */
  readonly returned?: boolean | undefined;
}

const schema: z.ZodType<Creation & { readonly stack: string }> = z.object({
  stack: z.string(),
  claim: z.string(),
  owner: z.string(),
  kind: z.enum(["collection", "file", "item", "documents"]),
  origin: z.string(),
  account: z.string(),
  contentHash: z.string().optional(),
  sent: z.boolean().optional(),
  startedAt: z.number().optional(),
  collectionId: z.string().optional(),
  id: z.string().optional(),
  created: z.string().optional(),
  pid: z.number(),
  at: z.number(),
  returned: z.boolean().optional(),
});

/**
 * Creations whose end no state has shown yet. Losing it loses no content: a run then keeps and names what it cannot
 * prove to be its own.
 */
export interface Journal {
  /** Notes a creation, or what is known of it since. */
  note(creation: Creation): void;
  /** Forgets a creation: a state has it, or it made nothing. */
  forget(claim: string): void;
  /** The creations of the stack that are open. */
  open(): readonly Creation[];
}

/** A journal that ends with the process. @param notes may be shared with another one, as if both were on one disk. */
export function memoryJournal(notes: Map<string, Creation> = new Map<string, Creation>()): Journal {
  return {
    note: (creation) => void notes.set(creation.claim, creation),
    forget: (claim) => void notes.delete(claim),
    open: () => [...notes.values()],
  };
}

/**
 * A journal in a folder, a file for each open creation. Where the folder cannot be written to, nothing is kept.
 *
 * @param stack tells the stacks of this machine apart, also those of one name in different backends.
 */
export function folderJournal(folder: string, stack: string): Journal {
  const nameOf = (claim: string): string => `${claim.replaceAll(/[^0-9a-z]/gu, "")}.json`;
  /** What this process has noted, by file: nobody else writes there, so that it is not read again. */
  const own = new Map<string, Creation & { readonly stack: string }>();
  /** The files that there were when this process looked last, and its own. */
  let names: Set<string> | undefined;
  const look = (): Set<string> => (names = new Set(namesIn(folder)));
  return {
    note(creation) {
      const name = nameOf(creation.claim);
      const noted = { stack, ...creation };
      attempt(() => {
        write(folder, name, JSON.stringify(noted));
        own.set(name, noted);
        names?.add(name);
      });
    },
    forget(claim) {
      const name = nameOf(claim);
      // States name many claims whose creations ended long ago.
      if (!(names ?? look()).delete(name)) return;
      own.delete(name);
      attempt(() => rmSync(join(folder, name), { force: true }));
    },
    open: () =>
      [...look()]
        .flatMap((name) => own.get(name) ?? read(join(folder, name)))
        .filter((creation) => creation.stack === stack),
  };
}

function write(folder: string, name: string, text: string): void {
  const path = join(folder, name);
  const put = (): void => writeFileSync(`${path}.part`, text, { mode: 0o600 });
  try {
    put();
  } catch {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    put();
  }
  renameSync(`${path}.part`, path);
}

/** Where the journal lies: beside what the Pulumi CLI keeps for the user. */
export function journalFolder(env: NodeJS.ProcessEnv = process.env): string {
  return join(pulumiHome(env), "vultr-inference", "creations");
}

/**
 * What tells stacks of one name apart: the backend that the CLI uses, and the program's folder. Only a hash of both.
 */
export function stackIdentity(env: NodeJS.ProcessEnv = process.env, folder: string = process.cwd()): string {
  const backend = env["PULUMI_BACKEND_URL"] ?? currentBackend(env);
  return createHash("sha256")
    .update(JSON.stringify([backend, folder]), "utf8")
    .digest("base64url")
    .slice(0, 22);
}

function pulumiHome(env: NodeJS.ProcessEnv): string {
  const home = env["PULUMI_HOME"];
  return home !== undefined && home !== "" ? home : join(homedir(), ".pulumi");
}

const credentials = z.object({ current: z.string().optional() });

/** The backend of the last login. Of the file that also holds tokens nothing else is kept. */
function currentBackend(env: NodeJS.ProcessEnv): string {
  try {
    return credentials.parse(JSON.parse(readFileSync(join(pulumiHome(env), "credentials.json"), "utf8"))).current ?? "";
  } catch {
    return "";
  }
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder).filter((name) => name.endsWith(".json"));
  } catch {
    return [];
  }
}

function read(path: string): (Creation & { readonly stack: string })[] {
  try {
    return [schema.parse(JSON.parse(readFileSync(path, "utf8")))];
  } catch {
    return [];
  }
}

function attempt(work: () => void): void {
  try {
    work();
  } catch {
    // Without it more is kept and named in the end, and nothing is lost.
  }
}

/** Whether a process of this machine runs, and is the one that was meant. */
export function isRunning({ pid, startedAt }: Pick<Creation, "pid" | "startedAt">): boolean {
  const started = startOf(pid);
  if (started !== undefined && startedAt !== undefined && Math.abs(started - startedAt) > SAME_START) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

/** In milliseconds. */
const SAME_START = 2_000;

/** When a process was started, where the system says it. */
export function startOf(pid: number): number | undefined {
  return statSync(`/proc/${pid}`, { throwIfNoEntry: false })?.ctimeMs;
}
