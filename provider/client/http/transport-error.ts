/** An attempt that brought no answer. */
export class TransportError extends Error {
  constructor(
    /**
     * `broken`: the connection failed; `timeout`: no time left; `aborted`: by the caller; `oversized`: the answer is
     * longer than one that is read.
     */
    readonly reason: "broken" | "timeout" | "aborted" | "oversized",
    /** Whether bytes of the request may have left this machine. */
    readonly sent: boolean,
    /** Of an abort the signal's reason. */
    cause?: unknown,
  ) {
    super(reason, { cause });
  }
}
