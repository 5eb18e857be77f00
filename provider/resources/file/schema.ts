import { z } from "zod";
import { type InputsOf, createOnly, computed, replace, update } from "../../pulumi/fields.js";
import { sourceSchema } from "./source.js";

const LONGEST_NAME = 255;
const LONGEST_WAIT = 86_400;

const seconds = z
  .number("must be a number of seconds")
  .positive("must be more than 0 seconds")
  .max(LONGEST_WAIT, `must be at most ${LONGEST_WAIT} seconds, which is a day`);

const filename = z
  .string("must be text")
  .refine((name) => name.trim() !== "", "must not be empty")
  .refine((name) => !/[/\\]/u.test(name) && name !== "." && name !== "..", "must be the name of a file alone, without folders")
  .refine((name) => !/\p{Cc}/u.test(name), "must not have control characters such as line breaks")
  .refine((name) => name.length <= LONGEST_NAME, `must have at most ${LONGEST_NAME} characters`);

/** The inputs of a `File`, and what a change of each does. */
export const fields = {
  collectionId: replace(z.string("the id of the collection that holds the file").min(1, "must be the id of a collection, but is empty")),
  source: replace(sourceSchema, { diffKey: "contentHash" }),
  filename: replace(filename.optional()),
  followLinks: createOnly(z.boolean("must be true or false: whether links within the repository may lead out of it").optional()),
  waitForIngestion: createOnly(z.boolean("must be true or false").optional()),
  ingestionTimeoutSeconds: createOnly(seconds.optional()),
  adopt: createOnly(
    z
      .string("the id of an existing file of the collection")
      .regex(/^[^/]+$/u, "must be the id of an existing file within its collection, without a slash")
      .optional(),
  ),
  /** Whether something of it is secret, so that no word of it, and nothing that the API says, is written down or shown. The class sets it. */
  confidential: update(z.boolean().optional(), { internal: true, isLater: true }),
  contentHash: computed(z.string().optional()),
  /** Always empty; makes the output of this name secret where the name is. */
  filenameInApi: computed(z.string().optional()),
  /** Whose file it is: made from the resource's URN by the class. */
  owner: computed(z.string().optional()),
};

export type Inputs = InputsOf<typeof fields> & { filename: string; contentHash: string };

/** The outputs of a `File`. */
export interface State {
  readonly collectionId: string;
  readonly fileId: string;
  /** The declared name; of a file that is only looked up, the API's. */
  readonly filename: string;
  /** The name as the API keeps it, where it keeps another one. */
  readonly filenameInApi?: string | undefined;
  /** SHA-256 of the bytes; not there for a file that is only looked up, since the API does not give bytes back. */
  readonly contentHash?: string | undefined;
  /** The API's word for how far ingestion is. */
  readonly status: string;
  /** Items made of the file. */
  readonly items: number;
  /** Tokens that embedding them cost. */
  readonly tokens: number;
  /** Why the file is not as it should be, which makes the next deployment replace it. */
  readonly error?: string | undefined;
  /** Whether source or filename are secret. */
  readonly confidential?: boolean | undefined;
  /** Names the resource, so that the successor of a file is told from a first one. */
  readonly owner?: string | undefined;
  /** Proves that a deletion is meant for what this very resource has made. */
  readonly claim?: string | undefined;
  /** The scheme, host and port of the API that holds it; a state of the first format does not say. */
  readonly origin?: string | undefined;
  /** Stands for the key that it was last seen with. */
  readonly account?: string | undefined;
}
