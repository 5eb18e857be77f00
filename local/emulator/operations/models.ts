import type { Operation } from "../operation.js";

/** Models change every year; these were seen at the live API. A request may name any other as well. */
const CHAT_MODELS = ["llama-3.3-70b-instruct-fp8", "qwen2.5-32b-instruct", "deepseek-r1", "kimi-k2-instruct"];
const AUDIO_MODELS = ["bark-small"];

const CREATED = Date.UTC(2025, 0, 1) / 1000;

const list = (ids: readonly string[], features: readonly string[]): unknown => ({
  object: "list",
  data: ids.map((id) => ({ id, created: CREATED, object: "model", owned_by: "emulator", features })),
});

/** `/models` and `/audio/models`: what may be named as `model`. */
export const modelOperations = (): Operation[] => [
  { id: "listModels", method: "GET", path: "/models", handle: () => ({ status: 200, json: list(CHAT_MODELS, ["chat", "rag"]) }) },
  { id: "listAudioModels", method: "GET", path: "/audio/models", handle: () => ({ status: 200, json: list(AUDIO_MODELS, ["speech"]) }) },
];
