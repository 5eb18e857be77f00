import { watch } from "node:fs";

/** Editors write a file in several steps: so long it must be quiet, in milliseconds. */
const QUIET_MS = 300;

/**
 * Does something whenever a file of a folder was saved, and never twice at once: what is saved meanwhile is one more time
 * afterwards. Ends with the signal.
 */
export async function watchFolder(folder: string, deploy: () => Promise<void>, signal: AbortSignal): Promise<void> {
  let quiet: NodeJS.Timeout | undefined;
  let wake: () => void = () => undefined;
  let isSaved = false;
  const watcher = watch(folder, { recursive: true }, () => {
    clearTimeout(quiet);
    quiet = setTimeout(() => ((isSaved = true), wake()), QUIET_MS);
  });
  signal.addEventListener("abort", () => wake(), { once: true });
  try {
    while (!signal.aborted) {
      if (!isSaved) await new Promise<void>((resolve) => (wake = resolve));
      isSaved = false;
      if (!signal.aborted) await deploy();
    }
  } finally {
    clearTimeout(quiet);
    watcher.close();
  }
}
