// The API client against raw undici and the openai client, on loopback: up to 5,000 GETs and POSTs, 32 at once.
// Prints a JSON line for each comparison. The peers take turns in rounds; each counts with its median round.
import { fork } from "node:child_process";
import OpenAI from "openai";
import { createClient, closeConnections } from "pulumi-vultr-inference/client";
import { Agent, request } from "undici";
import { either, median, report } from "./report.mjs";

const rounds = either(3, 5);
const requests = either(2_000, 5_000);
const concurrency = 32;

const server = fork(new URL("client-server.mjs", import.meta.url));
const port = await new Promise((resolve) => server.once("message", resolve));
const baseUrl = `http://127.0.0.1:${port}/v1`;

const apiKey = "bench-key";
const client = createClient({ apiKey, baseUrl, concurrency });
const openai = new OpenAI({ apiKey, baseURL: baseUrl });
const dispatcher = new Agent({ pipelining: 1 });
const headers = { authorization: `Bearer ${apiKey}`, accept: "application/json" };

async function raw(path, method, json) {
  const body = json === undefined ? null : JSON.stringify(json);
  const answer = await request(baseUrl + path, {
    dispatcher,
    method,
    headers: body === null ? headers : { ...headers, "content-type": "application/json" },
    body,
  });
  return answer.body.json();
}

const content = "A text of the benchmark, about as long as one sentence of an ordinary document.";
const chat = { model: "bench", messages: [{ role: "user", content }] };

const comparisons = [
  {
    name: "client.get",
    goal: 0.85,
    peer: "raw undici",
    ours: () => client.collections.get("bench"),
    theirs: () => raw("/vector_store/bench", "GET"),
  },
  {
    name: "client.post",
    goal: 0.85,
    peer: "raw undici",
    ours: () => client.items.add("bench", { content }),
    theirs: () => raw("/vector_store/bench/items", "POST", { content }),
  },
  {
    name: "client.models",
    goal: 1.5,
    peer: "openai",
    ours: () => client.models.list(),
    theirs: () => openai.models.list(),
  },
  {
    name: "client.chat",
    goal: 1.5,
    peer: "openai",
    ours: () => client.chat.create(chat),
    theirs: () => openai.chat.completions.create(chat),
  },
];

/** Requests a second. */
async function rate(send) {
  let left = requests;
  const worker = async () => {
    while (left-- > 0) await send();
  };
  const began = performance.now();
  await Promise.all(Array.from({ length: concurrency }, worker));
  return requests / ((performance.now() - began) / 1000);
}

for (const { name, goal, peer, ours, theirs } of comparisons) {
  const rates = { ours: [], theirs: [] };
  // The first round warms up both.
  for (let round = 0; round <= rounds; round++) {
    const pair = [await rate(ours), await rate(theirs)];
    if (round === 0) continue;
    rates.ours.push(pair[0]);
    rates.theirs.push(pair[1]);
  }
  const value = median(rates.ours);
  report({ name, value, unit: "requests/s", peer, ratio: value / median(rates.theirs), goal, isAtLeast: true });
}

await Promise.all([closeConnections(), dispatcher.close()]);
server.disconnect();
