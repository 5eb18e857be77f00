// The chat: answers a question from the knowledge base, and shows the passages that it answered from.
//   npx tsc && node app/server.js     with KNOWLEDGE_BASE and VULTR_INFERENCE_API_KEY in its environment
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { type Client, createClient } from "pulumi-vultr-inference/client";

const PAGE = readFileSync(join(__dirname, "page.html"));
const LONGEST_QUESTION = 500;
const PASSAGES = 4;
const TASK = "Answer the question from the passages alone, in two sentences at most. Say so where they do not tell.";

/** The application over one collection, without a port. */
export function createApp(client: Client, collectionId: string): Server {
  return createServer((request, response) => {
    respond(client, collectionId, request, response).catch((error: unknown) => {
      // Whoever asks is told no more than this; what failed is for those who run it.
      process.stderr.write(`${String(error)}\n`);
      if (!response.headersSent) response.writeHead(502);
      response.end();
    });
  });
}

async function respond(client: Client, collectionId: string, request: IncomingMessage, response: ServerResponse) {
  if (request.method === "GET" && request.url === "/") {
    response.writeHead(200, { "content-type": "text/html; charset=utf-8" }).end(PAGE);
  } else if (request.method === "POST" && request.url === "/ask") {
    await answer(client, collectionId, request, response);
  } else {
    response.writeHead(404).end();
  }
}

/** Answers with a line of JSON for the passages, and one for each part of the answer as the model says it. */
async function answer(client: Client, collectionId: string, request: IncomingMessage, response: ServerResponse) {
  if (Number(request.headers["content-length"] ?? Infinity) > 4 * LONGEST_QUESTION) {
    response.writeHead(413).end();
    return;
  }
  const question = (await text(request)).trim().slice(0, LONGEST_QUESTION);
  if (question === "") {
    response.writeHead(400).end();
    return;
  }
  // A reader who leaves ends what the model is paid for.
  const gone = new AbortController();
  response.on("close", () => gone.abort());
  const { results } = await client.search(collectionId, { input: question, limit: PASSAGES }, { signal: gone.signal });
  const passages = results.map(({ content }) => content);
  const { id: model } = await client.models.find({}, { signal: gone.signal });
  const messages = [
    { role: "system" as const, content: `${TASK}\n\n${passages.join("\n\n---\n\n")}` },
    { role: "user" as const, content: question },
  ];
  response.writeHead(200, { "content-type": "application/x-ndjson" });
  response.write(`${JSON.stringify({ passages })}\n`);
  const stream = client.chat.stream({ model, temperature: 0, messages }, { signal: gone.signal });
  for await (const chunk of stream) {
    const part = chunk.choices[0]?.content ?? "";
    if (part !== "" && !response.write(`${JSON.stringify({ part })}\n`)) await once(response, "drain");
  }
  response.end();
}

if (require.main === module) {
  const { KNOWLEDGE_BASE, PORT = "8080" } = process.env;
  if (!KNOWLEDGE_BASE) throw new Error("Set KNOWLEDGE_BASE to the stack's output collectionId.");
  createApp(createClient(), KNOWLEDGE_BASE).listen(Number(PORT), () =>
    process.stdout.write(`http://localhost:${PORT}\n`),
  );
}
