import { choicesOf, type Writer } from "../chat/answer.js";
import { completionBody, type Completion } from "../chat/completion.js";
import { hashOf } from "../chat/hash.js";
import { chatRequest, lastQuestion, ragChatRequest, type ChatRequest } from "../chat/request.js";
import { sentencesOf } from "../chat/sentences.js";
import { completionEvents } from "../chat/stream.js";
import { plainWriter, ragWriter } from "../chat/writers.js";
import type { Clock } from "../clock.js";
import type { Library } from "../library.js";
import type { Answer, Call, Operation } from "../operation.js";
import type { Random } from "../random.js";
import type { Finder } from "../search/finder.js";

/** Documents that an answer is taken from, and sentences of an answer. */
const DOCUMENTS = 3;
const SENTENCES = 3;

/** What the chat operations are made of. */
export interface ChatParts {
  readonly library: Library;
  readonly finder: Finder;
  readonly clock: Clock;
  readonly random: Random;
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
      const { collection, ...request } = await call.json(ragChatRequest);
      const documents = await documentsFor(parts, collection, lastQuestion(request));
      const sentences = await parts.finder.closest(lastQuestion(request), documents.flatMap(sentencesOf), SENTENCES);
      return answer(parts, call, request, ragWriter(sentences), documents);
    },
  },
];

async function documentsFor({ library, finder }: ChatParts, collection: string, question: string): Promise<string[]> {
  const { id } = library.collection(collection);
  const found = await finder.find(id, question, DOCUMENTS);
  return library.itemsOf(id, found).map(({ content }) => content);
}

function answer({ clock, random }: ChatParts, call: Call, request: ChatRequest, writer: Writer, documents: readonly string[]): Answer {
  const id = random.uuid();
  const completion: Completion = {
    id: `chatcmpl-${id}`,
    created: Math.floor(clock.now() / 1000),
    request,
    choices: choicesOf(request, writer, variantOf(request, id)),
    documents,
  };
  if (request.stream) return { status: 200, events: completionEvents(completion, call.signal) };
  return { status: 200, json: completionBody(completion) };
}

/** Which of the possible answers it is: the same one for a seed or at temperature 0, any one otherwise. */
function variantOf({ seed, temperature }: ChatRequest, id: string): number {
  if (typeof seed === "number") return Math.abs(seed);
  return temperature === 0 ? 0 : hashOf(id);
}
