import type { EngineLog } from "./log.js";

/**
 * Tells whoever deploys something that is to stay on the screen, whatever the log level: one line or several. It never
 * fails.
 */
export type Report = (
  message: string,
  about?: { readonly urn?: string | undefined; readonly severity?: "info" | "warning" },
) => Promise<void>;

/** Reports through the engine, which shows them with the resource they are about; without one, line by line. */
export function createReport(show: EngineLog | undefined, write: (line: string) => void): Report {
  return async (message, { urn, severity = "info" } = {}) => {
    if (show === undefined) write(message);
    else await show({ message, urn, severity }).catch(() => write(message));
  };
}
