import { Worker } from "node:worker_threads";
import { DocumentError } from "./document-error.js";

/** In milliseconds. */
const LONGEST = 120_000;
/** In megabytes. */
const MEMORY = 768;

/** What a thread's program answers. */
export type Reply = { readonly result: unknown } | { readonly error: { readonly name: string; readonly message: string } };

/**
 * Runs a reader of binary documents on a thread of its own, where a file that is made to hang or to swell ends without
 * harm to anything else.
 *
 * @param body of an async function of `library` and `bytes`: text, since the libraries load parts of themselves in ways
 * that other loaders do not allow.
 * @throws DocumentError where it takes too long or too much memory.
 */
export function runReader(library: string, body: string, bytes: Uint8Array): Promise<Reply> {
  const program = `
    const { parentPort, workerData } = require("node:worker_threads");
    const read = async (library, bytes) => { ${body} };
    read(require(workerData.library), workerData.bytes).then(
      (result) => parentPort.postMessage({ result }),
      (error) => parentPort.postMessage({ error: { name: String(error && error.name), message: String(error && error.message) } }),
    );`;
  const worker = new Worker(program, {
    eval: true,
    workerData: { library: require.resolve(library), bytes: Uint8Array.from(bytes) },
    resourceLimits: { maxOldGenerationSizeMb: MEMORY },
    // Libraries tell of damaged files on the standard output.
    stdout: true,
    stderr: true,
  });
  return replyOf(worker).finally(() => worker.terminate());
}

function replyOf(worker: Worker): Promise<Reply> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new DocumentError(`takes longer than ${LONGEST / 1000} s to read: exclude it`)), LONGEST);
    worker.once("message", (reply: Reply) => resolve(reply));
    worker.once("error", (error) => reject(new DocumentError(`cannot be read: ${error.message}. Cut it into several documents, or exclude it`)));
    worker.once("exit", () => {
      clearTimeout(timer);
      reject(new DocumentError("cannot be read: its reader ended without an answer. Exclude it"));
    });
  });
}
