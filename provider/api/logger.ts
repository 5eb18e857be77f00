import type { Logger } from "../client/index.js";

/** From the fewest lines to the most. */
export const LOG_LEVELS = ["error", "warn", "info", "debug"] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

/**
 * A log that writes lines up to a level to standard error, where the engine picks them up as diagnostics.
 *
 * @param printable takes out what may not be shown.
 */
export function createLog(
  level: LogLevel,
  printable: (message: string) => string,
  write: (line: string) => void = writeError,
): Logger {
  const at = (own: LogLevel) => (message: string) => {
    if (LOG_LEVELS.indexOf(own) <= LOG_LEVELS.indexOf(level)) write(`vultr-inference ${own}: ${printable(message)}`);
  };
  return { error: at("error"), warn: at("warn"), info: at("info"), debug: at("debug") };
}

function writeError(line: string): void {
  process.stderr.write(`${line}\n`);
}
