import type { Configuration } from "../../provider/api/configuration.js";
import { connectionsTo } from "../../provider/client/http/connections.js";

/** An answer as it came, whatever its status. */
export interface RawAnswer {
  readonly status: number;
  /** The body as JSON; undefined where it is none. */
  readonly json: unknown;
  readonly text: string;
  readonly type: string;
}

/** A request that is sent once, without the client's patience: what the API does is to be seen. */
export interface RawRequest {
  readonly method?: "GET" | "POST" | "PATCH" | "DELETE";
  readonly path: string;
  readonly json?: unknown;
  /** One file, for uploads. */
  readonly file?: { readonly filename: string; readonly text: string };
  /** Sent without a key, or with one that is none. Default: with the key. */
  readonly key?: "none" | "wrong";
}

export type Ask = (request: RawRequest) => Promise<RawAnswer>;

/** So long one answer may take, in milliseconds. */
const PATIENCE_MS = 60_000;

/** Sends to the configured address alone, through the same proxy as the client. */
export function asker({ baseUrl, apiKey }: Pick<Configuration, "baseUrl" | "apiKey">, signal?: AbortSignal): Ask {
  const { origin, pathname } = new URL(baseUrl);
  return async ({ method = "GET", path, json, file, key }) => {
    const content = file
      ? multipart(file.filename, file.text)
      : { type: "application/json", body: json === undefined ? undefined : JSON.stringify(json) };
    const headers = {
      accept: "application/json, */*;q=0.5",
      ...(key === "none" ? {} : { authorization: `Bearer ${key === "wrong" ? "vi-probe-is-no-key" : apiKey}` }),
      ...(content.body === undefined ? {} : { "content-type": content.type }),
    };
    const ended = AbortSignal.timeout(PATIENCE_MS);
    const answer = await connectionsTo(origin).request({
      origin,
      path: `${pathname.replace(/\/+$/u, "")}${path}`,
      method,
      headers,
      body: content.body ?? null,
      signal: signal ? AbortSignal.any([signal, ended]) : ended,
    });
    const text = await answer.body.text();
    return { status: answer.statusCode, json: parsed(text), text, type: String(answer.headers["content-type"] ?? "") };
  };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function multipart(filename: string, text: string): { type: string; body: string } {
  const boundary = "vi-probe-boundary";
  const head =
    `--${boundary}\r\ncontent-disposition: form-data; name="file"; filename="${filename}"\r\ncontent-type: ` +
    `text/plain\r\n\r\n`;
  return { type: `multipart/form-data; boundary=${boundary}`, body: `${head}${text}\r\n--${boundary}--\r\n` };
}

/** A value within JSON of unknown shape. */
export function at(json: unknown, ...path: readonly (string | number)[]): unknown {
  return path.reduce<unknown>(
    (value, key) =>
      typeof value === "object" && value !== null ? (value as Record<string | number, unknown>)[key] : undefined,
    json,
  );
}

/** A list within JSON of unknown shape; empty where there is none. */
export function listAt(json: unknown, ...path: readonly (string | number)[]): readonly unknown[] {
  const value = at(json, ...path);
  return Array.isArray(value) ? value : [];
}
