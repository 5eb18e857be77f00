/** The process that reads and splits files: one file comes in at a time, its chunks go out in parts. */
import { Worker } from "node:worker_threads";
import { readChunks } from "./read-chunks.js";
import type { Reply, Task } from "./reading-process.js";

/** Memory outside of the JavaScript heap, in megabytes, that is allowed on top of the heap's limit. */
const BESIDES_MB = 384;

/** How often the memory is looked at, in milliseconds. */
const EVERY_MS = 200;

/** Chunks in one message: few enough that taking it keeps the emulator busy for a moment only. */
const PART = 256;

// Ends the process, however busy it is, when it has grown too large or the emulator is gone.
const WATCH = `
const { workerData: { parent, mostBytes, everyMs } } = require("node:worker_threads");
setInterval(() => {
  if (process.memoryUsage.rss() > mostBytes || process.ppid !== parent) process.kill(process.pid, "SIGKILL");
}, everyMs);
`;

function say(reply: Reply): void {
  process.send?.(reply);
}

async function read({ filename, bytes }: Task): Promise<void> {
  try {
    const chunks = await readChunks(filename, bytes);
    for (let at = 0; at < chunks.length; at += PART) say({ chunks: chunks.slice(at, at + PART) });
    say({ isDone: true });
  } catch (error) {
    say({ refusal: refusalOf(error) });
  }
}

function refusalOf(error: unknown): string {
  // The engine's word for too many calls within each other.
  if (error instanceof RangeError) return "The file is nested too deeply to be read";
  return error instanceof Error ? error.message : String(error);
}

const mostBytes = (Number(process.argv[2]) + BESIDES_MB) * 1024 * 1024;
new Worker(WATCH, {
  eval: true,
  execArgv: [],
  workerData: { parent: process.ppid, mostBytes, everyMs: EVERY_MS },
}).unref();
process.on("message", (task: Task) => void read(task));
// A library may fail once more after it has answered, and that is not about the file that is read by then.
process.on("unhandledRejection", () => undefined).on("uncaughtException", () => undefined);
process.once("disconnect", () => process.exit());
say({ isReady: true });
