import type { Choice } from "./answer.js";
import { usageOf, type Completion } from "./completion.js";
import { logprobsOf } from "./logprobs.js";

/** Characters of a tool call's arguments in one chunk. */
const ARGUMENT_PIECE = 8;

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
  if (completion.request.stream_options?.include_usage === true) yield chunk(completion, [], { usage: usageOf(completion) });
  yield "data: [DONE]\n\n";
}

function* choiceEvents(completion: Completion, choice: Choice): Generator<string> {
  const event = (delta: unknown, more: object = {}): string =>
    chunk(completion, [{ index: choice.index, delta, logprobs: null, finish_reason: null, ...more }]);
  yield event({ role: "assistant", content: choice.toolCall === undefined ? "" : null });
  yield* toolEvents(choice, event);
  const { logprobs, top_logprobs: alternatives = 0 } = completion.request;
  for (const chunk of choice.chunks) {
    yield event({ content: chunk }, logprobs === true ? { logprobs: logprobsOf([chunk], alternatives) } : {});
  }
  yield event({}, { finish_reason: choice.finishReason });
}

function* toolEvents({ toolCall }: Choice, event: (delta: unknown) => string): Generator<string> {
  if (toolCall === undefined) return;
  const { id, name, arguments: given } = toolCall;
  yield event({ tool_calls: [{ index: 0, id, type: "function", function: { name, arguments: "" } }] });
  for (let start = 0; start < given.length; start += ARGUMENT_PIECE) {
    yield event({ tool_calls: [{ index: 0, function: { arguments: given.slice(start, start + ARGUMENT_PIECE) } }] });
  }
}

function chunk({ id, created, request }: Completion, choices: readonly unknown[], more: object = {}): string {
  const body = { id, object: "chat.completion.chunk", created, model: request.model, choices, ...more };
  return `data: ${JSON.stringify(body)}\n\n`;
}
