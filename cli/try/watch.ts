import { EventEmitter, on } from "node:events";
import { watch } from "node:fs";

/** Editors write a file in several steps: so long it must be quiet, in milliseconds. */
const QUIET_MS = 300;

/**
 * Does something whenever a file of a folder was saved, and never twice at once: what is saved meanwhile is one more
 * time afterwards. Ends with the signal.
 */
export async function watchFolder(folder: string, deploy: () => Promise<void>, signal: AbortSignal): Promise<void> {
  const saves = new EventEmitter();
  let quiet: NodeJS.Timeout | undefined;
  const watcher = watch(folder, { recursive: true }, () => {
    clearTimeout(quiet);
    quiet = setTimeout(() => saves.emit("saved"), QUIET_MS);
  });
  try {
    const each = on(saves, "saved", { signal });
    while (!(await each.next()).done) await deploy();
  } catch (error) {
    if (!signal.aborted) throw error;
  } finally {
    clearTimeout(quiet);
    watcher.close();
  }
}
