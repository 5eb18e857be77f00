import { chatCompletion } from "./chat-completion.js";
import { findCollectionByName } from "./find-collection-by-name.js";
import { findModel } from "./find-model.js";
import { getCollection } from "./get-collection.js";
import { getFile } from "./get-file.js";
import { getItem } from "./get-item.js";
import { listCollections } from "./list-collections.js";
import { listFiles } from "./list-files.js";
import { listItems } from "./list-items.js";
import { listModels } from "./list-models.js";
import { listVoices } from "./list-voices.js";
import { ragCompletion } from "./rag-completion.js";
import { requestLogs } from "./request-logs.js";
import { rerank } from "./rerank.js";
import { search } from "./search.js";
import { speech } from "./speech.js";
import { usage } from "./usage.js";

/** The functions, by the names under which programs call them. */
export const functions = {
  chatCompletion,
  findCollectionByName,
  findModel,
  getCollection,
  getFile,
  getItem,
  listCollections,
  listFiles,
  listItems,
  listModels,
  listVoices,
  ragCompletion,
  requestLogs,
  rerank,
  search,
  speech,
  usage,
};
