import { cpSync, mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

/** This project's root. */
export const ROOT = resolve(__dirname, "../..");

const CONTENT = [
  "cli",
  "dist",
  "docs",
  "examples",
  "local",
  "plugin",
  "provider",
  "sdk",
  "package.json",
  "package-lock.json",
  "tsconfig.json",
];

/** A built copy of this project in a temporary folder, so that what a command leaves in it stays out of this one. */
export function copyProject(): { folder: string; remove: () => void } {
  const folder = mkdtempSync(join(tmpdir(), "vultr-inference-project-"));
  // With their times: only what is older than its sources is built again.
  for (const name of CONTENT)
    cpSync(join(ROOT, name), join(folder, name), { recursive: true, preserveTimestamps: true });
  symlinkSync(join(ROOT, "node_modules"), join(folder, "node_modules"));
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}
