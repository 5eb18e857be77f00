import { isatty } from "node:tty";

const CODES = { SIGINT: 130, SIGTERM: 143 } as const;

/** Told to stop while something was under way. What was begun has been ended. */
export class Interrupted extends Error {
  constructor(readonly exitCode: number) {
    super("Interrupted; nothing was left half-done.");
  }
}

/**
 * Runs something that the first Ctrl-C ends in an orderly way, and the second at once. On a terminal an engine gets the
 * interruption itself; elsewhere it is handed on through the signal.
 *
 * @param handedOn - `always` where what is under way hears of nothing on a terminal either.
 * @throws Interrupted where it was interrupted, whatever became of it.
 */
export async function interruptible<T>(
  task: (signal: AbortSignal) => Promise<T>,
  handedOn: "always" | "without a terminal" = "without a terminal",
): Promise<T> {
  const controller = new AbortController();
  let code: number | undefined;
  const take = (signal: keyof typeof CODES) => (): void => {
    if (code !== undefined) process.exit(CODES[signal]);
    code = CODES[signal];
    process.stderr.write("Interrupted: waiting for what is under way. Once more stops at once.\n");
    if (handedOn === "always" || signal === "SIGTERM" || !isatty(0)) controller.abort();
  };
  const handlers = { SIGINT: take("SIGINT"), SIGTERM: take("SIGTERM") };
  process.on("SIGINT", handlers.SIGINT).on("SIGTERM", handlers.SIGTERM);
  const stopped = (): Interrupted | undefined => (code === undefined ? undefined : new Interrupted(code));
  try {
    const result = await task(controller.signal);
    const interrupted = stopped();
    if (interrupted) throw interrupted;
    return result;
  } catch (error) {
    throw stopped() ?? error;
  } finally {
    process.off("SIGINT", handlers.SIGINT).off("SIGTERM", handlers.SIGTERM);
  }
}
