/** The functions, each over plain values and over Inputs, and what they take and answer. */
export { chatCompletion, chatCompletionOutput } from "./chat-completion.js";
export { findCollectionByName, findCollectionByNameOutput } from "./find-collection-by-name.js";
export { findModel, findModelOutput } from "./find-model.js";
export { getCollection, getCollectionOutput } from "./get-collection.js";
export { getFile, getFileOutput } from "./get-file.js";
export { getItem, getItemOutput } from "./get-item.js";
export { listCollections, listCollectionsOutput } from "./list-collections.js";
export { listFiles, listFilesOutput } from "./list-files.js";
export { listItems, listItemsOutput } from "./list-items.js";
export { listModels, listModelsOutput } from "./list-models.js";
export { listVoices, listVoicesOutput } from "./list-voices.js";
export { ragCompletion, ragCompletionOutput } from "./rag-completion.js";
export { requestLogs, requestLogsOutput } from "./request-logs.js";
export { rerank, rerankOutput } from "./rerank.js";
export { search, searchOutput } from "./search.js";
export { speech, speechOutput } from "./speech.js";
export { usage, usageOutput } from "./usage.js";
export type { FunctionOptions, FunctionOutputOptions, InputsOf, PaidFunctionOutputOptions } from "./options.js";
export type { ChatAnswer, ChatCompletionArgs, ChatCompletionResult } from "../../provider/functions/chat.js";
export type {
  AccountUsage,
  ChatArgs,
  ChatContentPart,
  ChatLogprob,
  ChatMessage,
  ChatReasoning,
  ChatResponseFormat,
  ChatTool,
  ChatToolCall,
  ChatToolChoice,
  ChatUsage,
  LoggedRequest,
  Model,
  ModelWish,
  Ranked,
  RerankAnswer,
} from "../../provider/client/index.js";
export type { FindCollectionByNameArgs } from "../../provider/functions/find-collection-by-name.js";
export type { FindModelArgs, FindModelResult } from "../../provider/functions/find-model.js";
export type { GetCollectionArgs, GetCollectionResult } from "../../provider/functions/get-collection.js";
export type { GetFileArgs, GetFileResult } from "../../provider/functions/get-file.js";
export type { GetItemArgs, GetItemResult } from "../../provider/functions/get-item.js";
export type { ListCollectionsArgs, ListCollectionsResult } from "../../provider/functions/list-collections.js";
export type { ListFilesArgs, ListFilesResult } from "../../provider/functions/list-files.js";
export type { ListItemsArgs, ListItemsResult } from "../../provider/functions/list-items.js";
export type { ListModelsArgs, ListModelsResult } from "../../provider/functions/list-models.js";
export type { ListVoicesArgs, ListVoicesResult } from "../../provider/functions/list-voices.js";
export type { RagCompletionArgs } from "../../provider/functions/rag-completion.js";
export type { RequestLogsArgs, RequestLogsResult } from "../../provider/functions/request-logs.js";
export type { RerankArgs, RerankResult } from "../../provider/functions/rerank.js";
export type { SearchArgs, SearchHit, SearchResult } from "../../provider/functions/search.js";
export type { SpeechArgs, SpeechFileResult, SpeechResult } from "../../provider/functions/speech.js";
export type { UsageArgs, UsageResult } from "../../provider/functions/usage.js";
