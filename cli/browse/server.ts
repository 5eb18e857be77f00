import { randomBytes } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { z } from "zod";
import { ApiError, notFound } from "../../local/emulator/errors.js";
import { checkKey } from "../../local/emulator/http/auth.js";
import { parseJson, readJsonText } from "../../local/emulator/http/body.js";
import { listen } from "../../local/emulator/http/server.js";
import { checkCaller } from "../../local/emulator/http/web-page.js";
import { encodeError, encodeJson, type WireAnswer } from "../../local/emulator/http/wire-answer.js";
import { shell } from "../../local/emulator/page/shell.js";
import { type Client, NotFoundError, VultrInferenceError } from "../../provider/client/index.js";
import { cleanLines } from "../../provider/text/clean.js";
import { Account } from "./account.js";
import type { ShownTest } from "./tests.js";

/** Other machines never reach it. */
const HOST = "127.0.0.1";

/** Below this path the page asks for what it shows. */
const PATH = "/_emulator";
const SEARCH = `POST ${PATH}/search`;

const question = z.object({ collection: z.string().min(1), input: z.string().min(1) });

type ReadTests = () => Promise<readonly ShownTest[]>;

/** A page that is served. */
export interface Browsing {
  /** The address for a browser, with a token of this run in the fragment, which a browser keeps to itself. */
  readonly page: string;
  readonly close: () => Promise<void>;
}

/**
 * Serves the page of an account on this machine, read-only: the client and its key stay in this process, and what a
 * browser sends is answered by reading requests and searches alone.
 *
 * @param host the address of the API, to be shown.
 * @param tests reads the retrieval tests of the stack; undefined where the page is of no stack.
 */
export async function browse(client: Client, host: string, port: number, tests?: ReadTests): Promise<Browsing> {
  const token = randomBytes(24).toString("base64url");
  const shown = { account: new Account(client), host, tests };
  const server = await listen(HOST, port, async (request, response) => {
    const answer = await answerTo(request, token, shown).catch((error: unknown) =>
      encodeError(refusalOf(error), "message"),
    );
    send(response, answer);
    // What was not read of the body must not block the connection's next request.
    request.resume();
  });
  return { page: `http://${HOST}:${server.port}/#key=${token}`, close: () => server.close() };
}

async function answerTo(
  request: IncomingMessage,
  token: string,
  { account, host, tests }: { account: Account; host: string; tests: ReadTests | undefined },
): Promise<WireAnswer> {
  checkCaller(request.headers, HOST);
  const { pathname, searchParams } = new URL(request.url ?? "/", "http://localhost");
  const asked = `${request.method ?? ""} ${pathname}`;
  if (request.method !== "GET" && asked !== SEARCH)
    throw new ApiError(405, "The account is only looked at here: nothing but GET requests and searches is answered.", {
      allow: "GET",
    });
  if (asked === "GET /") return shell("live");
  checkToken(request, token);
  const of = (name: string): string => searchParams.get(name) ?? "";
  switch (asked) {
    case `GET ${PATH}/view`:
      return json({
        host,
        collections: await account.collections(),
        queue: { files: [], texts: [] },
        requests: [],
        next: 0,
      });
    case `GET ${PATH}/documents`:
      return json({ documents: await account.documents(of("collection")) });
    case `GET ${PATH}/chunks`:
      return json(
        await account.chunks({ collection: of("collection"), name: of("name"), kind: of("kind"), owner: of("owner") }),
      );
    case `GET ${PATH}/tests`:
      return json({ tests: (await tests?.()) ?? null });
    case SEARCH: {
      const { collection, input } = parseJson(await readJsonText(request), question);
      return json({ results: await account.search(collection, input) });
    }
    default:
      throw notFound();
  }
}

const json = (value: unknown): WireAnswer => encodeJson(200, value);

function checkToken(request: IncomingMessage, token: string): void {
  try {
    checkKey(request.headers.authorization, token);
  } catch {
    throw new ApiError(401, "The token at the end of the printed address is needed.", { "www-authenticate": "Bearer" });
  }
}

/** What the page is told where the API refused: the client's own sentence, which holds no key. */
function refusalOf(error: unknown): unknown {
  if (!VultrInferenceError.isInstance(error)) return error;
  return new ApiError(NotFoundError.isInstance(error) ? 404 : 502, cleanLines(error.message));
}

function send(response: ServerResponse, { status, headers, body }: WireAnswer): void {
  response.writeHead(status, { "cache-control": "no-store", ...headers });
  response.end(body);
}
