import type { File, NewFile } from "./file.js";
import { pause } from "./http/clock.js";
import { AbortedError, NotFoundError, TimeoutError, ValidationError } from "./http/errors.js";
import type { CallOptions } from "./http/index.js";
import type { Settings } from "./http/settings.js";
import { quoted } from "../text/clean.js";

/** How the ingestion of a file is waited for. */
export interface WaitOptions extends CallOptions {
  /** Seconds from the end of the upload to the end of the ingestion; default 600. */
  readonly deadlineSeconds?: number | undefined;
  /** Told each time the status is looked at. */
  readonly onProgress?: ((file: File) => void) | undefined;
}

/** `client.files.addAndWait` */
export type AddAndWait = (collectionId: string, file: NewFile, options?: WaitOptions) => Promise<File>;

const operation = "addFile";
const DEFAULT_DEADLINE = 600;
/** In milliseconds. */
const FIRST_PAUSE = 500;
const LAST_PAUSE = 8_000;
/** So long a new file may not be found, in milliseconds. */
const VISIBLE_WITHIN = 10_000;

/** What it is made of. */
interface Parts {
  readonly add: (collectionId: string, file: NewFile, options?: CallOptions) => Promise<File>;
  readonly get: (collectionId: string, fileId: string, options?: CallOptions) => Promise<File>;
}

/**
 * @throws ValidationError where the ingestion fails; TimeoutError where it does not come to its end. Both name the
 * file's id.
 */
export function addAndWait(
  { add, get }: Parts,
  { clock, confidential }: Pick<Settings, "clock" | "confidential">,
): AddAndWait {
  return async (collectionId, source, { deadlineSeconds = DEFAULT_DEADLINE, onProgress, ...options } = {}) => {
    let file = await add(collectionId, source, options);
    const name =
      `file ${quoted(file.id)}${confidential ? "" : ` (${quoted(source.filename)})`} of collection ` +
      quoted(collectionId);
    const began = clock.now();
    for (let pauseMs = FIRST_PAUSE; ; pauseMs = Math.min(pauseMs * 2, LAST_PAUSE)) {
      onProgress?.(file);
      if (file.status === "completed") return file;
      if (file.status === "failed") {
        const why = file.error === undefined || confidential ? "" : ` (${file.error})`;
        throw new ValidationError(
          `The ingestion of ${name} has failed${why}; delete it, and add a file that can be read.`,
          { operation },
        );
      }
      const left = began + deadlineSeconds * 1000 - clock.now();
      if (left <= 0)
        throw new TimeoutError(
          `The ingestion of ${name} did not end within ${deadlineSeconds} s; it may go on, ask files.get later.`,
          { operation },
        );
      await pause(clock, Math.min(pauseMs, left), options.signal);
      if (options.signal?.aborted) {
        throw new AbortedError(`Waiting for ${name} was aborted by its caller; its ingestion goes on.`, {
          operation,
          cause: options.signal.reason,
        });
      }
      const isYoung = clock.now() - began < VISIBLE_WITHIN;
      file = await get(collectionId, file.id, { ...options, extraBody: undefined }).catch((error: unknown) => {
        if (isYoung && NotFoundError.isInstance(error)) return file;
        throw error;
      });
    }
  };
}
