/** The operations of the API, by the names that its OpenAPI document gives them. */
export const OPERATION_IDS = [
  "createChatCompletion",
  "createRagChatCompletion",
  "rerankDocuments",
  "createSpeech",
  "listAudioModels",
  "listVoices",
  "listModels",
  "getModel",
  "getUsage",
  "getHealth",
  "listCollections",
  "createCollection",
  "getCollection",
  "updateCollection",
  "deleteCollection",
  "searchCollection",
  "listItems",
  "addItem",
  "getItem",
  "updateItem",
  "deleteItem",
  "listFiles",
  "addFile",
  "getFile",
  "deleteFile",
  "lookUpRequests",
] as const;

/** The name of an operation, as in the OpenAPI document. */
export type OperationId = (typeof OPERATION_IDS)[number];
