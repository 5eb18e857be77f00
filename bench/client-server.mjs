// A bare server for bench/client.mjs, in a process of its own: it answers with what is asked for least.
import { createServer } from "node:http";

const collection = JSON.stringify({ collection: { id: "bench", name: "Bench" } });
const item = JSON.stringify({
  item: { id: "6f1c1a52", created: "2026-01-01T00:00:00Z", description: "A text", content: "A text of the benchmark" },
  usage: { prompt_tokens: 6, total_tokens: 6 },
});
const model = JSON.stringify({ id: "bench", created: 0, object: "model", owned_by: "bench" });
const completion = JSON.stringify({
  id: "bench",
  object: "chat.completion",
  created: 0,
  model: "bench",
  choices: [{ index: 0, message: { role: "assistant", content: "Yes." }, finish_reason: "stop" }],
  usage: { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 },
});

function bodyFor(url) {
  if (url.endsWith("/items")) return item;
  if (url.endsWith("/chat/completions")) return completion;
  return url.includes("/models") ? `{"object":"list","data":[${model}]}` : collection;
}

const server = createServer((request, response) => {
  request.resume().on("end", () => {
    response.writeHead(200, { "content-type": "application/json" }).end(bodyFor(request.url ?? ""));
  });
});
server.keepAliveTimeout = 60_000;
server.listen(0, "127.0.0.1", () => process.send?.(server.address().port));
process.on("disconnect", () => process.exit());
