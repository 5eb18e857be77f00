export { manualClock, type Clock, type ManualClock } from "./clock.js";
export type { FaultInput } from "./faults/fault.js";
export type { Faults } from "./faults/plan.js";
export type { Journal, JournalEntry } from "./journal.js";
export type { OperationId } from "./operation-id.js";
export type { Emulator, EmulatorOptions } from "./options.js";
export { startEmulator } from "./start.js";
