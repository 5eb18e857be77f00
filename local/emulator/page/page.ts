import { createHash } from "node:crypto";
import type { IncomingMessage } from "node:http";
import { z } from "zod";
import type { Requests } from "../journal.js";
import type { Library } from "../library.js";
import { parseJson, readJsonText } from "../http/body.js";
import { encodeAnswer, type WireAnswer } from "../http/wire-answer.js";
import { closest } from "../operations/search.js";
import type { Finder } from "../search/finder.js";
import { someText } from "../wire.js";
import { MARKUP } from "./markup.js";
import { SCRIPT } from "./script.js";
import { STYLE } from "./style.js";
import { shown, viewOf } from "./view.js";

/** What a browser shows at the emulator's address: what there is, who manages it, and the requests as they come. Read-only. */
export interface Page {
  /** The page itself, which holds nothing of the API and is for everybody who reaches the address. */
  shell(): WireAnswer;
  /** Answers what the page asks for; undefined for what it does not ask. The key is checked before. */
  data(method: string, url: URL, request: IncomingMessage): Promise<WireAnswer | undefined>;
}

/** Below this path the page asks for what it shows. */
const PATH = "/_emulator";

const question = z.object({ collection: someText(), input: someText() });

export function createPage(library: Library, finder: Finder, requests: Requests): Page {
  return {
    shell: () => ({ status: 200, headers: HEADERS, body: Buffer.from(SHELL) }),
    async data(method, { pathname, searchParams }, request) {
      switch (`${method} ${pathname}`) {
        case `GET ${PATH}/view`: {
          const since = Number(searchParams.get("since") ?? 0);
          return encodeAnswer({ status: 200, json: viewOf(library, requests, searchParams.get("collection") ?? undefined, Number.isInteger(since) ? since : 0) });
        }
        case `POST ${PATH}/search`: {
          const { collection, input } = parseJson(await readJsonText(request), question);
          const { found } = await closest(library, finder, collection, input);
          return encodeAnswer({ status: 200, json: { results: found.map((item) => ({ ...shown(item), content: item.content })) } });
        }
        default:
          return undefined;
      }
    },
  };
}

const sourceOf = (text: string): string => `'sha256-${createHash("sha256").update(text).digest("base64")}'`;

/** Nothing but the page's own script and style runs in it, and it asks nobody but the emulator. */
const HEADERS = {
  "content-type": "text/html; charset=utf-8",
  "content-security-policy": [
    "default-src 'none'",
    `script-src ${sourceOf(SCRIPT)}`,
    `style-src ${sourceOf(STYLE)}`,
    "connect-src 'self'",
    "img-src data:",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join("; "),
  "referrer-policy": "no-referrer",
  "x-content-type-options": "nosniff",
  "cache-control": "no-store",
};

const SHELL = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Emulator</title>
<link rel="icon" href="data:,">
<style>${STYLE}</style>
</head>
<body>${MARKUP}<script>${SCRIPT}</script></body>
</html>
`;
