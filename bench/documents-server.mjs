// A bare API for bench/documents.mjs, in a process of its own: it keeps items, embeds nothing, and answers each call
// after
// LATENCY_MS. It counts calls for whoever asks for /counts.
import { createServer } from "node:http";
import { randomUUID } from "node:crypto";

const latency = Number(process.env.LATENCY_MS ?? 0);
const items = new Map();
let collections = 0;
let counts = {};

function answer(method, [, , collection, kind, id], body) {
  if (collection === undefined) {
    if (method === "GET") return { collections: [{ id: "bench", name: "Bench" }].slice(0, collections) };
    collections = 1;
    items.clear();
    return { collection: { id: "bench", name: JSON.parse(body).name } };
  }
  if (kind === undefined) return method === "DELETE" ? undefined : { collection: { id: "bench", name: "Bench" } };
  if (id === undefined && method === "GET")
    return { items: Array.from(items.values(), ({ content, ...summary }) => summary) };
  if (method === "POST") {
    const { content, description } = JSON.parse(body);
    const item = { id: randomUUID(), created: new Date().toISOString(), description, content };
    items.set(item.id, item);
    return { item, usage: { prompt_tokens: 1, total_tokens: 1 } };
  }
  if (method === "PATCH") items.set(id, { ...items.get(id), ...JSON.parse(body) });
  const item = items.get(id);
  if (method === "DELETE") items.delete(id);
  return method === "DELETE" ? undefined : { item };
}

const server = createServer((request, response) => {
  const parts = [];
  request
    .on("data", (part) => parts.push(part))
    .on("end", () => {
      if (request.url === "/counts") {
        response.end(JSON.stringify(counts));
        counts = {};
        return;
      }
      const path = request.url.replace("/v1", "").split("/");
      const name = `${request.method} ${path.length > 4 ? "item" : path.length > 3 ? "items" : "collection"}`;
      counts[name] = (counts[name] ?? 0) + 1;
      setTimeout(() => {
        const value = answer(request.method, path, Buffer.concat(parts).toString());
        response
          .writeHead(value === undefined ? 204 : 200, { "content-type": "application/json" })
          .end(value && JSON.stringify(value));
      }, latency);
    });
});
server.keepAliveTimeout = 60_000;
server.listen(0, "127.0.0.1", () => process.send?.(server.address().port));
process.on("disconnect", () => process.exit());
