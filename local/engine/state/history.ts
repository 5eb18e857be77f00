import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import type { StackPlace } from "./backend.js";
import { writeAtomically } from "./files.js";

/** A config value as history and settings keep it: plain, or `{ secure: ciphertext }`. */
export type ConfigEntry = unknown;

/** One past update, as the CLI writes it. */
export interface UpdateRecord {
  readonly kind: "update" | "refresh" | "destroy";
  /** Seconds since 1970. */
  readonly startTime: number;
  readonly endTime: number;
  readonly message: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly config: Readonly<Record<string, ConfigEntry>>;
  readonly version: 0;
  readonly result: "succeeded" | "failed";
  readonly resourceChanges: Readonly<Record<string, number>>;
}

/** Nanoseconds since 1970, as the CLI names its files. */
const stamp = (): string => `${Date.now()}${process.hrtime()[1].toString().padStart(9, "0").slice(3)}`;

/** Adds an update to the history, and keeps the state it left there and among the backups. */
export function remember(place: StackPlace, update: UpdateRecord): void {
  const prefix = join(place.history, `${place.name}-${stamp()}`);
  writeAtomically(`${prefix}.history.json`, JSON.stringify(update));
  mkdirSync(place.backups, { recursive: true });
  copyFileSync(place.checkpoint, `${prefix}.checkpoint.json`);
  copyFileSync(place.checkpoint, join(place.backups, `${place.name}.${stamp()}.json`));
}

/** Past updates, the newest first. */
export function pastUpdates(place: StackPlace): UpdateRecord[] {
  if (!existsSync(place.history)) return [];
  const files = readdirSync(place.history).filter((name) => name.endsWith(".history.json"));
  const byTime = (name: string): bigint => BigInt(/-(\d+)\.history\.json$/u.exec(name)?.[1] ?? "0");
  files.sort((a, b) => (byTime(a) < byTime(b) ? 1 : -1));
  return files.map((name) => JSON.parse(readFileSync(join(place.history, name), "utf8")) as UpdateRecord);
}

/** Removes everything about a stack. */
export function forget(place: StackPlace): void {
  for (const file of [place.checkpoint, `${place.checkpoint}.bak`, place.journal]) {
    rmSync(file, { force: true });
    rmSync(`${file}.attrs`, { force: true });
  }
  for (const folder of [place.history, place.backups, place.locks]) rmSync(folder, { recursive: true, force: true });
}
