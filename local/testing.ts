/** What tests of stacks need on a bare machine: the API, an engine and a stack on both, all on this machine. */
export type { Emulator, EmulatorOptions } from "./emulator/index.js";
export { engineRoot } from "./engine/index.js";
export { startEmulator } from "./testing/emulator.js";
export type { InlineProgram } from "./testing/hosted.js";
export type { TestItem } from "./testing/items.js";
export { type TestRun, TestRunFailed } from "./testing/run.js";
export { testStack, type TestStack, type TestStackOptions } from "./testing/stack.js";
