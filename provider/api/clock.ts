/** Time, injected. */
export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number;
  /** Resolves after so many milliseconds. Rejects with an AbortedError where the run is interrupted. */
  sleep(milliseconds: number): Promise<void>;
}
