import { randomUUID } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { hostname, userInfo } from "node:os";
import { join } from "node:path";
import { UserError } from "../errors.js";
import type { StackPlace } from "./backend.js";

interface Holder {
  readonly pid: number;
  readonly username: string;
  readonly hostname: string;
  readonly timestamp: string;
}

interface Lock {
  readonly path: string;
  readonly holder: Holder | undefined;
}

function holderOf(path: string): Holder | undefined {
  try {
    return JSON.parse(readFileSync(path, "utf8")) as Holder;
  } catch {
    return undefined;
  }
}

function locksOf(place: StackPlace): Lock[] {
  mkdirSync(place.locks, { recursive: true });
  const files = readdirSync(place.locks).filter((name) => name.endsWith(".json"));
  return files.map((name) => join(place.locks, name)).map((path) => ({ path, holder: holderOf(path) }));
}

function runs(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== "ESRCH";
  }
}

/** A lock whose process is known to be gone. Nothing is known of processes on other machines. */
const isStale = ({ holder }: Lock): boolean => holder?.hostname === hostname() && !runs(holder.pid);

function describe({ path, holder }: Lock): string {
  if (holder === undefined) return `\n  file://${path}: unreadable`;
  const { username, hostname: host, pid, timestamp } = holder;
  return `\n  file://${path}: created by ${username}@${host} (pid ${pid}) at ${timestamp}`;
}

function refuseIfLocked(locks: readonly Lock[]): void {
  if (locks.length === 0) return;
  throw new UserError(
    `the stack is currently locked by ${locks.length} lock(s). Either wait for the other process(es) to end or ` +
      `delete the lock file with \`pulumi cancel\`.${locks.map(describe).join("")}`,
  );
}

/**
 * Takes the stack for this process.
 *
 * @param warn - told about every lock that was removed because the process that held it is gone.
 * @returns how to give it back.
 * @throws UserError that names the holder, when another process has it.
 */
export function lock(place: StackPlace, warn: (message: string) => void): () => void {
  for (const stale of locksOf(place).filter(isStale)) {
    rmSync(stale.path, { force: true });
    warn(`removed the lock of a process that is gone:${describe(stale)}`);
  }
  refuseIfLocked(locksOf(place));
  const own = join(place.locks, `${randomUUID()}.json`);
  const { username } = userInfo();
  const timestamp = new Date().toISOString();
  writeFileSync(own, JSON.stringify({ pid: process.pid, username, hostname: hostname(), timestamp }));
  const release = (): void => rmSync(own, { force: true });
  try {
    // Two that came at once both step back.
    refuseIfLocked(locksOf(place).filter(({ path }) => path !== own));
  } catch (error) {
    release();
    throw error;
  }
  return release;
}

/** Removes every lock of the stack, whoever holds it. */
export function clearLocks(place: StackPlace): void {
  for (const { path } of locksOf(place)) rmSync(path, { force: true });
}
