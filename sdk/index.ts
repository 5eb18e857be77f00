/** Pulumi resources and functions for the Vultr Serverless Inference API. */
export { Collection, type CollectionArgs } from "./collection.js";
export type { DocumentDrift } from "../provider/resources/documents/drift.js";
export {
  Documents,
  type DocumentsArgs,
  type DocumentsFolder,
  type DocumentsSource,
  type DocumentsTexts,
  type DocumentText,
} from "./documents.js";
export { File, type FileArgs } from "./file.js";
export { Item, type ItemArgs } from "./item.js";
export { KnowledgeBase, type AskArgs, type KnowledgeBaseArgs, type KnowledgeHit } from "./knowledge-base.js";
export { Provider, type ProviderArgs } from "./provider.js";
export {
  RetrievalTest,
  type Expectation,
  type RetrievalCase,
  type RetrievalResult,
  type RetrievalTestArgs,
} from "./retrieval-test.js";
export * from "./functions/index.js";
export {
  splitDocument,
  splitText,
  UnreadableDocumentError,
  type DocumentChunk,
  type DocumentChunks,
  type SplitDocumentOptions,
  type SplitTextOptions,
} from "../provider/documents/index.js";
