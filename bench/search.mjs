// A search with a limit in a collection of 10,000 items, which the API answers whole: time beside that of the first
// byte, and memory beyond the start.
import { fork } from "node:child_process";
import { closeConnections, createClient } from "pulumi-vultr-inference/client";
import { Agent, request } from "undici";
import { either, median, report, timed } from "./report.mjs";

const server = fork(new URL("search-server.mjs", import.meta.url));
const port = await new Promise((resolve) => server.once("message", resolve));
const baseUrl = `http://127.0.0.1:${port}/v1`;
const client = createClient({ apiKey: "bench-key", baseUrl });
const rounds = either(20, 100);

async function firstByte() {
  const dispatcher = new Agent();
  const { body } = await request(`${baseUrl}/vector_store/kb/search`, {
    dispatcher,
    method: "POST",
    body: '{"input":"q"}',
  });
  for await (const _chunk of body) break;
  body.destroy();
  await dispatcher.destroy();
}

const search = async () => {
  const { results } = await client.search("kb", { input: "q", limit: 10 });
  if (results.length !== 10) throw new Error(`${results.length} results in place of 10`);
};

const before = process.memoryUsage().rss;
for (let round = 0; round < 3; round++) await search();
const more = process.memoryUsage().rss - before;

await firstByte();
const times = { ours: [], first: [] };
for (let round = 0; round < rounds; round++) {
  times.ours.push(await timed(search));
  times.first.push(await timed(firstByte));
}
const [ours, first] = [median(times.ours), median(times.first)];
report({
  name: "search.limit",
  value: ours * 1000,
  unit: "ms",
  peer: "the first byte",
  ratio: ours / first,
  goal: 1.3,
});
report({ name: "search.limit memory", value: more / 1e6, unit: "MB", goal: 20 });
await closeConnections();
server.disconnect();
