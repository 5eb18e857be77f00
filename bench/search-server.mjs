// Answers each search as the API does: with all of the collection's 10,000 items of 1 kB, written as fast as they are
// read.
import { createServer } from "node:http";
import { Readable } from "node:stream";

const item = (index) =>
  JSON.stringify({ id: `item-${index}`, created: "2026-01-01T00:00:00Z", content: "text".repeat(256) });

function* body() {
  yield '{"results":[';
  for (let index = 0; index < 10_000; index++) yield `${index === 0 ? "" : ","}${item(index)}`;
  yield '],"usage":{"prompt_tokens":3,"total_tokens":3}}';
}

const server = createServer((request, response) => {
  request.resume();
  response.writeHead(200, { "content-type": "application/json" });
  Readable.from(body()).pipe(response);
});
server.listen(0, "127.0.0.1", () => process.send(server.address().port));
process.on("disconnect", () => process.exit());
