import { choicesOf, scriptedChoices, type Choice, type Writer } from "../chat/answer.js";
import { completionBody, usageOf, type Completion } from "../chat/completion.js";
import { documentAnswer } from "../chat/document-answer.js";
import { hashOf } from "../chat/hash.js";
import { chatRequest, lastQuestion, ragChatRequest, type ChatRequest } from "../chat/request.js";
import type { ChatScript, ScriptedRequest } from "../chat/scripted.js";
import { completionEvents } from "../chat/stream.js";
import { answerFrom, plainWriter } from "../chat/writers.js";
import type { Behavior } from "../behavior.js";
import type { Clock } from "../clock.js";
import type { Library } from "../library.js";
import { checkModel } from "../models.js";
import type { Answer, Call, Operation } from "../operation.js";
import type { Random } from "../random.js";
import type { Finder } from "../search/finder.js";
import type { UsageCounter } from "../usage-counter.js";

/** What the chat operations are made of. */
export interface ChatParts {
  readonly library: Library;
  readonly finder: Finder;
  readonly clock: Clock;
  readonly random: Random;
  readonly usage: UsageCounter;
  readonly like: Behavior;
  readonly script: ChatScript | undefined;
}

/** `/chat/completions`: a stand-in for a language model, and answers from a collection. */
export const chatOperations = (parts: ChatParts): Operation[] => [
  {
    id: "createChatCompletion",
    method: "POST",
    path: "/chat/completions",
    errors: "error",
    async handle(call) {
      return answer(parts, call, await call.json(chatRequest), plainWriter, []);
    },
  },
  {
    id: "createRagChatCompletion",
    method: "POST",
    path: "/chat/completions/RAG",
    errors: "error",
    async handle(call) {
      const request = await call.json(ragChatRequest);
      const { chunks, sentences } = await documentAnswer(
        parts.library,
        parts.finder,
        request.collection,
        lastQuestion(request),
      );
      const contents = chunks.map(({ item }) => item.content);
      return answer(parts, call, request, () => answerFrom(sentences), contents);
    },
  },
];

async function answer(
  { clock, random, usage, like, script }: ChatParts,
  call: Call,
  request: ChatRequest,
  writer: Writer,
  documents: readonly string[],
): Promise<Answer> {
  checkModel(request.model, like);
  const id = random.uuid();
  const choices = (await scripted(script, request)) ?? choicesOf(request, writer, variantOf(request, id));
  const completion: Completion = {
    id: `chatcmpl-${id}`,
    created: Math.floor(clock.now() / 1000),
    request,
    choices,
    documents,
  };
  const { prompt_tokens: read, completion_tokens: written } = usageOf(completion);
  usage.add(request.model, read, written);
  if (request.stream === true) return { status: 200, events: completionEvents(completion, call.signal) };
  return { status: 200, json: completionBody(completion) };
}

async function scripted(script: ChatScript | undefined, request: ChatRequest): Promise<Choice[] | undefined> {
  const reply = await script?.(request as ScriptedRequest);
  return reply === undefined ? undefined : scriptedChoices(request, reply);
}

/** Which of the possible answers it is: the same one for a seed or at temperature 0, any one otherwise. */
function variantOf({ seed, temperature }: ChatRequest, id: string): number {
  if (typeof seed === "number") return Math.abs(seed);
  return temperature === 0 ? 0 : hashOf(id);
}
