import { createRequire } from "node:module";
// At once: whoever puts other timers in the place of the global ones does so before the first call.
import "../emulator/timers.js";
import type * as Emulators from "../emulator/index.js";

/**
 * Starts the API on this machine. Its code is loaded by the first call.
 *
 * @throws Error with one sentence that says what to do: a taken port, a data folder in use, a missing package.
 * @example
 * await using emulator = await startEmulator();
 * await fetch(`${emulator.url}/vector_store`, { headers: { Authorization: `Bearer ${emulator.key}` } });
 */
export async function startEmulator(options: Emulators.EmulatorOptions = {}): Promise<Emulators.Emulator> {
  const emulators = createRequire(__filename)("../emulator/index.js") as typeof Emulators;
  return await emulators.startEmulator(options);
}
