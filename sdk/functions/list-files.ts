import type * as pulumi from "@pulumi/pulumi";
import type { ListFilesArgs, ListFilesResult } from "../../provider/functions/list-files.js";
import { call, callOutput } from "./call.js";
import type { FunctionOptions, FunctionOutputOptions, InputsOf } from "./options.js";

/**
 * Lists the files of a collection, also those that no stack manages. Costs nothing and runs in previews, too. Fails
 * where the collection does not exist.
 *
 * @example
 * ```ts
 * import { listFiles } from "pulumi-vultr-inference";
 *
 * const failed = listFiles({ collectionId: "handbook" }).then(({ files }) =>
 *   files.filter(({ status }) => status === "failed"),
 * );
 * export const failures = failed.then((files) =>
 *   files.map(({ filename, error }) => `${filename}: ${error ?? "unknown"}`),
 * );
 * ```
 */
export function listFiles(args: ListFilesArgs, options?: FunctionOptions): Promise<ListFilesResult> {
  return call((all) => all.listFiles, args, options);
}

/**
 * `listFiles` over Inputs: name the files that it shall wait for in `dependsOn`.
 *
 * @example
 * ```ts
 * import { Collection, listFilesOutput } from "pulumi-vultr-inference";
 *
 * const handbook = Collection.get("handbook", "handbook");
 * export const names = listFilesOutput({ collectionId: handbook.id }).files.apply((files) =>
 *   files.map(({ filename }) => filename),
 * );
 * ```
 */
export function listFilesOutput(
  args: InputsOf<ListFilesArgs>,
  options?: FunctionOutputOptions,
): pulumi.Output<ListFilesResult> {
  return callOutput((all) => all.listFiles, args, options);
}
