import type * as pulumi from "@pulumi/pulumi";
import type { GetFileArgs, GetFileResult } from "../../provider/functions/get-file.js";
import { call, callOutput } from "./call.js";
import type { FunctionOptions, FunctionOutputOptions, InputsOf } from "./options.js";

/**
 * Looks up a file: how far its ingestion is, and what it came to. Costs nothing and runs in previews, too. Fails where
 * the collection or the file does not exist.
 *
 * @example
 * ```ts
 * import { getFile } from "pulumi-vultr-inference";
 *
 * const fileId = "f0b9d5a2-7c1e-4b57-9f0e-3a3f4f1f9a10";
 * export const status = getFile({ collectionId: "handbook", fileId }).then(({ status }) => status);
 * ```
 */
export function getFile(args: GetFileArgs, options?: FunctionOptions): Promise<GetFileResult> {
  return call((all) => all.getFile, args, options);
}

/**
 * `getFile` over Inputs.
 *
 * @example
 * ```ts
 * import { Collection, getFileOutput, listFilesOutput } from "pulumi-vultr-inference";
 *
 * const handbook = Collection.get("handbook", "handbook");
 * const fileId = listFilesOutput({ collectionId: handbook.id }).files.apply(([first]) => first?.id ?? "");
 * export const tokens = getFileOutput({ collectionId: handbook.id, fileId }).tokens;
 * ```
 */
export function getFileOutput(
  args: InputsOf<GetFileArgs>,
  options?: FunctionOutputOptions,
): pulumi.Output<GetFileResult> {
  return callOutput((all) => all.getFile, args, options);
}
