import type { Behavior } from "./behavior.js";
import { unknownName } from "./errors.js";

/** A model as the list of models tells of it. */
interface Model {
  readonly id: string;
  readonly input: readonly string[];
  readonly output: readonly string[];
  readonly supports?: readonly string[];
  readonly reasoning?: boolean;
  /** Dollars for a million tokens, read and written. */
  readonly price: readonly [string, string];
}

const CHAT = ["max_tokens", "temperature", "top_p", "stop", "seed", "response_format", "tools", "tool_choice"];
const REASONING = [...CHAT, "reasoning", "reasoning_effort"];

/** Models change within weeks; these were seen at the live API in September 2026. */
const MODELS: readonly Model[] = [
  { id: "glm-5.3", input: ["text"], output: ["text"], supports: REASONING, reasoning: true, price: ["0.60", "2.20"] },
  { id: "glm-5.3-flash", input: ["text"], output: ["text"], supports: CHAT, price: ["0.10", "0.40"] },
  {
    id: "deepseek-v4.1-flash",
    input: ["text"],
    output: ["text"],
    supports: REASONING,
    reasoning: true,
    price: ["0.20", "0.80"],
  },
  { id: "qwen3.8-27b", input: ["text", "image"], output: ["text"], supports: CHAT, price: ["0.15", "0.60"] },
  {
    id: "minimax-m3",
    input: ["text"],
    output: ["text"],
    supports: REASONING,
    reasoning: true,
    price: ["0.30", "1.20"],
  },
  { id: "vultronretriever-1", input: ["text"], output: ["rerank"], price: ["0.02", "0"] },
  {
    id: "bark-small",
    input: ["text"],
    output: ["audio"],
    supports: ["voice", "response_format", "speed"],
    price: ["0.50", "0"],
  },
];

/** Models of 2025. Answers from a collection still know them. */
const OLDER = ["llama-3.3-70b-instruct-fp8", "qwen2.5-32b-instruct", "deepseek-r1", "kimi-k2-instruct"];

const KNOWN = new Set([...MODELS.map(({ id }) => id), ...OLDER]);

const CREATED = Date.UTC(2025, 0, 1) / 1000;

/** What the list of models has, in the shape of a year; of all, or of those for speech. */
export function modelEntries(shape: Behavior["modelList"], which: "all" | "speech" = "all"): { readonly id: string }[] {
  const wanted = MODELS.filter(({ output }) => which === "all" || output.includes("audio"));
  if (shape === "2026") return wanted.map(entry);
  const ids = which === "all" ? OLDER : wanted.map(({ id }) => id);
  const features = which === "all" ? ["chat", "rag"] : ["speech"];
  return ids.map((id) => ({ id, created: CREATED, object: "model", owned_by: "emulator", features }));
}

function entry({ id, input, output, supports = [], reasoning = false, price: [prompt, completion] }: Model): {
  readonly id: string;
} {
  return {
    id,
    ...{ input_modalities: input, output_modalities: output, supported_parameters: supports, reasoning },
    ...{ pricing: { prompt, completion }, is_ready: true },
  };
}

/** @throws ApiError 422 where no model is called so, unless any name will do. */
export function checkModel(name: string, { unknownModel }: Behavior): void {
  if (unknownModel === "refused" && !KNOWN.has(name)) throw unknownName("model", name);
}
