const LEVELS = ["error", "warn", "info", "debug"] as const;
type Level = (typeof LEVELS)[number];

/** Lines for the person who deploys. Content of documents and keys are never passed to it. */
export type Log = Readonly<Record<Level, (message: string) => void>>;

/**
 * A log that writes lines up to a level to standard error, where the engine picks them up as diagnostics.
 *
 * @param level The value of `VULTR_INFERENCE_LOG`: error, warn, info or debug. Default, and for any other word: warn.
 */
export function createLog(level: string | undefined, write: (line: string) => void = writeError): Log {
  const threshold = Math.max(0, LEVELS.indexOf(isLevel(level) ? level : "warn"));
  const at = (own: Level) => (message: string) => {
    if (LEVELS.indexOf(own) <= threshold) write(`vultr-inference ${own}: ${message}`);
  };
  return { error: at("error"), warn: at("warn"), info: at("info"), debug: at("debug") };
}

function isLevel(word: string | undefined): word is Level {
  return LEVELS.some((level) => level === word);
}

function writeError(line: string): void {
  process.stderr.write(`${line}\n`);
}
