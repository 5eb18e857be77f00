/** The process that reads and splits documents: tasks come in and answers go out, in the same order. */
import { Worker } from "node:worker_threads";
import { refusalOf } from "../document-error.js";
import { splitDocument } from "../split-document.js";
import type { Answer, Task } from "./reader.js";

/** What memory outside of the JavaScript heap may be more than the limit of that, in megabytes. */
const BESIDES_MB = 512;

/** How often it is looked, in milliseconds. */
const EVERY_MS = 200;

// Ends the process, however busy it is, when it has grown too large, or who asked it is gone.
const WATCH = `
const { workerData: { parent, mostBytes, everyMs } } = require("node:worker_threads");
setInterval(() => {
  if (process.memoryUsage.rss() > mostBytes || process.ppid !== parent) process.kill(process.pid, "SIGKILL");
}, everyMs);
`;

async function answerTo({ name, bytes, options }: Task): Promise<Answer> {
  try {
    return await splitDocument(name, bytes, options);
  } catch (error) {
    return { refusal: refusalOf(error) };
  }
}

function say(answer: Answer): void {
  process.send?.(answer);
}

const mostBytes = (Number(process.argv[2]) + BESIDES_MB) * 1024 * 1024;
new Worker(WATCH, {
  eval: true,
  execArgv: [],
  workerData: { parent: process.ppid, mostBytes, everyMs: EVERY_MS },
}).unref();
let turn = Promise.resolve();
process.on("message", (task: Task) => {
  turn = turn.then(async () => say(await answerTo(task)));
});
// A library may fail once more after it has answered, and that is not about the document that is read by then.
process.on("unhandledRejection", () => undefined).on("uncaughtException", () => undefined);
process.once("disconnect", () => process.exit());
say({ isReady: true });
