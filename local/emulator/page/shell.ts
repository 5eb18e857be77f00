import { createHash } from "node:crypto";
import type { WireAnswer } from "../http/wire-answer.js";
import { MARKUP } from "./markup.js";
import { SCRIPT } from "./script/main.js";
import { STYLE } from "./style.js";

/** What the page is about: the emulator, or an account that is only looked at. */
export type PageKind = "emulator" | "live";

/** The page itself, which holds nothing of the API. */
export function shell(kind: PageKind): WireAnswer {
  return { status: 200, headers: HEADERS, body: Buffer.from(textOf(kind)) };
}

const sourceOf = (text: string): string => `'sha256-${createHash("sha256").update(text).digest("base64")}'`;

/** Nothing but the page's own script and style runs in it, and it asks nobody but who served it. */
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

const textOf = (kind: PageKind): string => `<!doctype html>
<html lang="en" data-kind="${kind}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${kind === "live" ? "Account" : "Emulator"}</title>
<link rel="icon" href="data:,">
<style>${STYLE}</style>
</head>
<body>${MARKUP}<script>${SCRIPT}</script></body>
</html>
`;
