// Loaded into provider processes: one whose engine was killed ends too, instead of waiting for ever.
import { isMainThread } from "node:worker_threads";
import "./late.js";

// Threads load this, too, and their input has ended from the beginning.
if (isMainThread) process.stdin.on("end", () => process.exit()).resume();
