import { setImmediate } from "../timers.js";
import type { Choice } from "./answer.js";
import { usageOf, type Completion } from "./completion.js";
import { logprobsOf } from "./logprobs.js";
import { splitTokens } from "./tokens.js";

/** Characters of a tool call's arguments in one chunk. */
const ARGUMENT_PART = 8;

/** The server-sent events of an answer: a chunk a token, then `[DONE]`. */
export async function* completionEvents(completion: Completion, signal: AbortSignal): AsyncGenerator<string> {
  for (const choice of completion.choices) {
    for (const event of choiceEvents(completion, choice)) {
      if (signal.aborted) return;
      yield event;
      // Lets other requests have their turn, and the chunks leave one by one.
      await new Promise((resolve) => setImmediate(resolve));
    }
  }
  if (completion.request.stream_options?.include_usage === true)
    yield chunk(completion, [], { usage: usageOf(completion) });
  yield "data: [DONE]\n\n";
}

function* choiceEvents(completion: Completion, choice: Choice): Generator<string> {
  const event = (delta: unknown, more: object = {}): string =>
    chunk(completion, [{ index: choice.index, delta, logprobs: null, finish_reason: null, ...more }]);
  yield event({ role: "assistant", content: choice.tokens === null ? null : "" });
  for (const reasoning of splitTokens(choice.reasoning ?? "")) yield event({ reasoning });
  const { logprobs, top_logprobs: alternatives = 0 } = completion.request;
  for (const content of choice.tokens ?? []) {
    yield event({ content }, logprobs === true ? { logprobs: logprobsOf([content], alternatives) } : {});
  }
  yield* toolEvents(choice, event);
  yield event({}, { finish_reason: choice.finishReason });
}

function* toolEvents({ toolCalls }: Choice, event: (delta: unknown) => string): Generator<string> {
  for (const [index, { id, name, arguments: given }] of toolCalls.entries()) {
    yield event({ tool_calls: [{ index, id, type: "function", function: { name, arguments: "" } }] });
    for (let start = 0; start < given.length; start += ARGUMENT_PART) {
      yield event({ tool_calls: [{ index, function: { arguments: given.slice(start, start + ARGUMENT_PART) } }] });
    }
  }
}

function chunk({ id, created, request }: Completion, choices: readonly unknown[], more: object = {}): string {
  const body = { id, object: "chat.completion.chunk", created, model: request.model, choices, ...more };
  return `data: ${JSON.stringify(body)}\n\n`;
}
