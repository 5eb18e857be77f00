import type { EngineLog } from "./log.js";
import type { Timer } from "../api/interruption.js";
import type { Logger } from "../client/index.js";

/** Says what is going on while something takes its time. It never fails, and nothing waits for it. */
export type Progress = (message: string, urn?: string) => void;

/** Where no engine shows passing lines, each stays: one in so many milliseconds is enough. */
const LINE_EVERY = 30_000;

/**
 * Progress lines that the engine shows while a resource is being made, and drops in the end. Without an engine they are
 * ordinary lines, few of them.
 */
export function createProgress(
  show: EngineLog | undefined,
  { clock, log }: { readonly clock: Pick<Timer, "now">; readonly log: Logger },
): Progress {
  let lastLine = -Infinity;
  const line = (message: string): void => {
    if (clock.now() - lastLine < LINE_EVERY) return;
    lastLine = clock.now();
    log.info(message);
  };
  if (show === undefined) return line;
  return (message, urn) => {
    show({ message, urn, severity: "info", passing: true }).catch(() => line(message));
  };
}
