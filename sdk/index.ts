/** Pulumi resources and functions for the Vultr Serverless Inference API. */
export { Collection, type CollectionArgs } from "./collection.js";
export { File, type FileArgs } from "./file.js";
export { Item, type ItemArgs } from "./item.js";
export { search, searchOutput, type SearchOutputArgs } from "./functions/search.js";
export type { FunctionOptions } from "./functions/options.js";
export type { SearchArgs, SearchHit, SearchResult } from "../provider/functions/search.js";
