/**
 * The timers of Node.js themselves, taken when the program starts: what a test puts in the place of the global ones
 * later must not hold up the emulator.
 */
import * as timers from "node:timers";

/** The time, milliseconds since 1970. */
export const now = Date.now.bind(Date);

export const { setTimeout, clearTimeout, setImmediate } = timers;
