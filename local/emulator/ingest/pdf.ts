import { Worker } from "node:worker_threads";
import { loadPart } from "../missing-part.js";
import { IngestionError } from "./ingestion-error.js";

const PACKAGE = "unpdf";

/** Longer than any honest file of the largest size takes. */
const LONGEST_MS = 60_000;

/** Memory for one file, in megabytes. */
const MEMORY = 512;

// On a thread of its own: a file made to hang or to swell ends there and nowhere else. A text for the same reason as
// the model's program, and because the package loads parts of itself in a way that test runners do not allow.
const PROGRAM = `
const { parentPort, workerData } = require("node:worker_threads");
require(workerData.part).extractText(workerData.bytes, { mergePages: false }).then(
  ({ text }) => parentPort.postMessage({ text }),
  (error) => parentPort.postMessage({ error: String(error && error.message) }),
);
`;

type Reply = { text: string[] } | { error: string };

/** The text of a PDF, a paragraph a page. */
export async function readPdf(bytes: Uint8Array): Promise<string> {
  const part = await loadPart("Reading PDF", [PACKAGE], () => Promise.resolve(require.resolve(PACKAGE)));
  const worker = new Worker(PROGRAM, {
    execArgv: [],
    eval: true,
    workerData: { part, bytes: Uint8Array.from(bytes) },
    resourceLimits: { maxOldGenerationSizeMb: MEMORY },
    // The library tells of damaged files on the standard output.
    stdout: true,
    stderr: true,
  });
  try {
    const reply = await replyOf(worker);
    if ("error" in reply) throw new IngestionError(`The file is no readable PDF: ${reply.error}`);
    return reply.text.join("\n\n");
  } finally {
    await worker.terminate();
  }
}

function replyOf(worker: Worker): Promise<Reply> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new IngestionError("The PDF took too long to read")), LONGEST_MS).unref();
    worker.unref();
    worker.once("message", resolve);
    worker.once("error", (error) => reject(new IngestionError(`The file is no readable PDF: ${error.message}`)));
    worker.once("exit", () => {
      clearTimeout(timer);
      reject(new IngestionError("The PDF could not be read"));
    });
  });
}
