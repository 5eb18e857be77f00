/**
 * What the engine's provider process loads. The state of every stack names these exports in the text
 * `exports.handler = () => require("pulumi-vultr-inference/provider").<resource>;`, so neither the path nor a name here
 * may ever change.
 */
import { handler } from "./pulumi/handler.js";
import { lifecycle as collectionLifecycle } from "./resources/collection/lifecycle.js";
import { lifecycle as documentsLifecycle } from "./resources/documents/lifecycle.js";
import { lifecycle as fileLifecycle } from "./resources/file/lifecycle.js";
import { lifecycle as itemLifecycle } from "./resources/item/lifecycle.js";
import { lifecycle as retrievalTestLifecycle } from "./resources/retrieval-test/lifecycle.js";

export const collection = handler(collectionLifecycle);
export const documents = handler(documentsLifecycle);
export const file = handler(fileLifecycle);
export const item = handler(itemLifecycle);
export const retrievalTest = handler(retrievalTestLifecycle);
