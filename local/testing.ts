/** What tests of stacks need on a bare machine: the API and an engine, both on this machine. */
export { startEmulator, type Emulator, type EmulatorOptions } from "./emulator/index.js";
export { engineRoot } from "./engine/index.js";
