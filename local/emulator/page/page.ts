import type { IncomingMessage } from "node:http";
import { z } from "zod";
import { documentAnswer } from "../chat/document-answer.js";
import { answerFrom } from "../chat/writers.js";
import { parseJson, readJsonText } from "../http/body.js";
import { encodeAnswer, type WireAnswer } from "../http/wire-answer.js";
import { checkLength } from "../library.js";
import { closest, type FoundItem } from "../operations/search.js";
import { someText } from "../wire.js";
import { documentsOf, shown, type ShownChunk } from "./documents.js";
import { marksOf } from "./marks.js";
import { shell } from "./shell.js";
import { viewOf, type PageParts } from "./view.js";

/**
 * What a browser shows at the emulator's address: what there is, who manages it, what is found and why, and the
 * requests as they come. It only reads; files are added through the API itself.
 */
export interface Page {
  /** The page itself, which holds nothing of the API and is for everybody who reaches the address. */
  shell(): WireAnswer;
  /** Answers what the page asks for; undefined for what it does not ask. The key is checked before. */
  data(method: string, url: URL, request: IncomingMessage): Promise<WireAnswer | undefined>;
}

/** Below this path the page asks for what it shows. */
const PATH = "/_emulator";

/** More results are hardly looked at. */
const RESULTS = 20;

const question = z.object({ collection: someText(), input: someText() });

type Question = z.output<typeof question>;

export function createPage(parts: PageParts): Page {
  const questionIn = async (request: IncomingMessage): Promise<Question> =>
    parseJson(await readJsonText(request), question);
  const json = (value: unknown): WireAnswer => encodeAnswer({ status: 200, json: value });
  return {
    shell: () => shell("emulator"),
    async data(method, { pathname, searchParams }, request) {
      switch (`${method} ${pathname}`) {
        case `GET ${PATH}/view`: {
          const since = Number(searchParams.get("since") ?? 0);
          return json(viewOf(parts, Number.isInteger(since) ? since : 0));
        }
        case `GET ${PATH}/documents`:
          return json({ documents: documentsIn(parts, searchParams.get("collection") ?? "") });
        case `GET ${PATH}/chunks`:
          return json({ chunks: chunksOf(parts, searchParams) });
        case `POST ${PATH}/search`:
          return json({ results: await search(parts, await questionIn(request)) });
        case `POST ${PATH}/answer`:
          return json(await answer(parts, await questionIn(request)));
        default:
          return undefined;
      }
    },
  };
}

function fileNames({ library }: PageParts, collection: string): (id: string) => string | undefined {
  const names = new Map(library.files(collection).map(({ id, filename }) => [id, filename]));
  return (id) => names.get(id);
}

const documentsIn = (parts: PageParts, collection: string): unknown =>
  documentsOf(parts.library.items(collection), fileNames(parts, collection));

function chunksOf(parts: PageParts, wanted: URLSearchParams): ShownChunk[] {
  const collection = wanted.get("collection") ?? "";
  const chunks = parts.library.items(collection).map((item) => shown(item, fileNames(parts, collection)));
  return chunks.filter(
    ({ document, kind, owner }) =>
      document === wanted.get("name") &&
      [kind, ""].includes(wanted.get("kind") ?? "") &&
      [owner, ""].includes(wanted.get("owner") ?? ""),
  );
}

async function search(parts: PageParts, { collection, input }: Question): Promise<unknown> {
  checkLength(input);
  return hits(parts, collection, input, await closest(parts.library, parts.finder, collection, input, RESULTS));
}

async function answer(parts: PageParts, { collection, input }: Question): Promise<unknown> {
  checkLength(input);
  const { chunks, sentences } = await documentAnswer(parts.library, parts.finder, collection, input);
  return {
    answer: answerFrom(sentences),
    chunks: hits(parts, collection, input, sentences.length === 0 ? [] : chunks),
  };
}

function hits(parts: PageParts, collection: string, input: string, found: readonly FoundItem[]): unknown[] {
  const nameOf = fileNames(parts, collection);
  return found.map(({ item, score }) => ({ ...shown(item, nameOf), score, marks: marksOf(item.content, input) }));
}
