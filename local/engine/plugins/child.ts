import type { ChildProcess } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";

/** The path of a file of this folder, compiled: tests run the engine's sources, which child processes cannot load. */
export function compiled(file: string): string {
  const beside = join(__dirname, file);
  return existsSync(beside) ? beside : join(__dirname, "../../../dist/local/engine/plugins", file);
}

/** Resolves with what a process ended with: its exit code, or the name of the signal that killed it. */
export function ended(child: ChildProcess): Promise<number | string> {
  return new Promise((done) => {
    child.once("error", (error) => done(error.message));
    child.once("close", (code, signal) => done(signal ?? code ?? 1));
  });
}

/** Hands every line that a process prints to `line`. */
export function lines(stream: NodeJS.ReadableStream | null, line: (text: string) => void): void {
  if (stream !== null) createInterface({ input: stream, crlfDelay: Infinity }).on("line", line);
}
