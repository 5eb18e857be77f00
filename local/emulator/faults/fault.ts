import { z } from "zod";
import { OPERATION_IDS } from "../operation-id.js";

const count = z.int().min(1);

/** How a fault is written: in a file, over the control path, or as an argument of `faults.add`. */
export const faultSchema = z
  .strictObject({
    operation: z.union([z.enum(OPERATION_IDS), z.literal("*")]).default("*"),
    nth: z.union([count, z.array(count).min(1)]).optional(),
    probability: z.number().min(0).max(1).optional(),
    times: count.optional(),
    processed: z.boolean().default(false),
    status: z.int().min(200).max(599).optional(),
    body: z.union([z.string(), z.record(z.string(), z.unknown())]).optional(),
    retryAfter: z.union([z.int().min(0), z.string()]).optional(),
    delayMs: z.int().min(0).optional(),
    reset: z.boolean().optional(),
    truncate: z.int().min(0).optional(),
    badJson: z.boolean().optional(),
    html: z.boolean().optional(),
    dripMs: z.int().min(1).optional(),
    stale: z.boolean().optional(),
    truncateList: z.int().min(0).optional(),
    ingestion: z.enum(["stuck", "failed"]).optional(),
    truncateDescriptions: z.int().min(0).optional(),
  })
  .readonly();

/** A fault with its defaults filled in. */
export type Fault = z.output<typeof faultSchema>;

/**
 * Something that goes wrong on purpose.
 *
 * Which requests it meets (all conditions together):
 * - `operation`: an operationId of the OpenAPI document, or `"*"` (default) for all.
 * - `nth`: only the nth such request (from 1), or each of several; counted from when the fault was added.
 * - `probability`: only this share of them (0 to 1), by the emulator's fault seed.
 * - `times`: at most this many. Default: as often as `nth` has numbers, otherwise without end.
 *
 * What happens:
 * - `status` (with `body`, `retryAfter` in seconds or as a date): this answer instead. `html`: as an HTML page.
 * - `processed`: the request takes effect before `status` or `reset`. Default false.
 * - `delayMs`: the request waits this long first.
 * - `reset`: the connection is reset instead of an answer.
 * - `truncate`: the connection ends after this many bytes of the body. `dripMs`: the body comes byte by byte, one
 *   in this many milliseconds. `badJson`: the body is cut so that it is no JSON, with its length set right.
 * - `stale`: a list answers what it answered to the request before. `truncateList`: a list ends after so many entries.
 * - `ingestion`: the file of an `addFile` stays in `processing`, or fails.
 * - `truncateDescriptions`: an item's description is kept only up to this many characters.
 */
export type FaultInput = z.input<typeof faultSchema>;
