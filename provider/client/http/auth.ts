import type { ApiRequest } from "./request.js";

/** The headers of a request. The only place where the key goes out, and only to the configured address. */
export function auth(apiKey: string): (request: ApiRequest) => Record<string, string> {
  const open = { accept: "application/json, */*;q=0.5", "user-agent": "pulumi-vultr-inference" };
  const keyed = { ...open, authorization: `Bearer ${apiKey}` };
  return (request) => {
    const headers: Record<string, string> = { ...(request.anonymous ? open : keyed), ...request.headers };
    if (request.streams) headers["accept"] = "text/event-stream";
    if (request.json !== undefined) headers["content-type"] = "application/json";
    if (request.upload === undefined) return headers;
    headers["content-type"] = request.upload.contentType;
    if (request.upload.length !== undefined) headers["content-length"] = String(request.upload.length);
    return headers;
  };
}
