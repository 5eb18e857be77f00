// Prints, for each way in which a call fails, how many of the texts that the error keeps in memory tell the key: its
// own, its causes', and those that a text was cut out of, which no property shows.
//   node --expose-gc --heap-snapshot-string-limit=1000000 tests/reliability/heap.mjs
import { readFileSync, mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import { once } from "node:events";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { writeHeapSnapshot } from "node:v8";

const require = createRequire(import.meta.url);
const { createClient, closeConnections } = require("../../dist/provider/client/index.js");

/** The key is never spelt out in the code, which is in memory, too. It comes and goes in reverse. */
const REVERSED = "9zXw4-yranac-yek";
const key = () => [...REVERSED].reverse().join("");
const text = (status, type, body) => (response) => {
  response.writeHead(status, { "content-type": type });
  response.end(body());
};
const json = (status, message) =>
  text(status, "application/json", () => JSON.stringify({ error: { message: message(), code: status } }));

const WAYS = {
  "401 that repeats it": json(401, () => `No such key: ${key()}`),
  "422 that repeats it": json(422, () => `Invalid: Bearer ${key()}`),
  "404 that repeats it": json(404, () => `Nothing for ${key()}`),
  "500 in plain text that repeats it": text(500, "text/plain", () => `Authorization: Bearer ${key()}`),
  "200 that is no JSON and repeats it": text(200, "application/json", () => `{"key": ${key()}`),
  "200 of another shape that repeats it": text(200, "application/json", () =>
    JSON.stringify({ [key()]: key(), collections: key() }),
  ),
  "200 as HTML that repeats it": text(200, "text/html", () => `<p>${key()}</p>`),
  "a connection that breaks": (response) => response.destroy(),
  "no answer in time": () => undefined,
};

async function failure(answer) {
  const server = createServer((request, response) => {
    request.resume();
    answer(response);
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const client = createClient({
    apiKey: key(),
    baseUrl: `http://127.0.0.1:${server.address().port}/v1`,
    maxRetries: 0,
    timeoutSeconds: 0.3,
  });
  const error = await client.collections.list().then(
    () => undefined,
    (thrown) => thrown,
  );
  await closeConnections();
  server.closeAllConnections();
  server.close();
  await once(server, "close");
  return error;
}

/** The texts that are reached from the global variable `kept`, by properties and elements, as V8 holds them. */
function keptTexts({ snapshot: { meta }, nodes, edges, strings }) {
  const [width, span] = [meta.node_fields.length, meta.edge_fields.length];
  const kindsOfNodes = meta.node_types[0];
  const kindsOfEdges = meta.edge_types[0];
  const at = (field) => meta.node_fields.indexOf(field);
  const kindOf = (node) => kindsOfNodes[nodes[node + at("type")]];
  const firstEdges = [0];
  for (let node = 0; node < nodes.length; node += width)
    firstEdges.push(firstEdges.at(-1) + nodes[node + at("edge_count")] * span);
  const edgesOf = (node) => {
    const found = [];
    for (let edge = firstEdges[node / width]; edge < firstEdges[node / width + 1]; edge += span) {
      const kind = kindsOfEdges[edges[edge]];
      found.push({
        kind,
        name: kind === "property" || kind === "internal" ? strings[edges[edge + 1]] : "",
        to: edges[edge + 2],
      });
    }
    return found;
  };
  // A text that was put together and never looked at is still its two parts.
  const textOf = (node) => {
    if (kindOf(node) !== "concatenated string") return strings[nodes[node + at("name")]];
    const parts = edgesOf(node);
    return ["first", "second"].map((part) => textOf(parts.find(({ name }) => name === part).to)).join("");
  };
  const start = [];
  for (let node = 0; node < nodes.length; node += width)
    start.push(
      ...edgesOf(node)
        .filter(({ name }) => name === "keptForTheTest")
        .map(({ to }) => to),
    );
  if (start.length === 0) throw new Error("The snapshot lacks what was kept.");
  const reached = new Set(start);
  const texts = [];
  for (const node of reached) {
    const isText = /string/u.test(kindOf(node));
    if (isText) texts.push(textOf(node));
    for (const { kind, name, to } of edgesOf(node)) {
      if (isText || kind === "element" || (kind === "property" && name !== "__proto__" && name !== "constructor"))
        reached.add(to);
    }
  }
  return texts;
}

function textsOf(value) {
  globalThis.keptForTheTest = value;
  globalThis.gc();
  return keptTexts(JSON.parse(readFileSync(writeHeapSnapshot(join(folder, "heap")), "utf8")));
}

function tells(text) {
  const bytes = Buffer.from(key());
  return [key(), encodeURIComponent(key()), bytes.toString("base64"), bytes.toString("hex")].some((spelling) =>
    text.includes(spelling),
  );
}

const folder = mkdtempSync(join(tmpdir(), "vultr-inference-heap-"));
const found = {};
try {
  if (!textsOf({ cut: `What the answer said before it told the key: ${key()}`.slice(0, 44) }).some(tells))
    throw new Error("The walk does not find what a text was cut out of.");
  for (const [name, answer] of Object.entries(WAYS)) {
    const error = await failure(answer);
    if (!(error instanceof Error)) throw new Error(`"${name}" did not fail.`);
    const texts = textsOf({ error, stack: error.stack });
    if (!texts.some((text) => text.includes(error.message))) throw new Error("The walk does not find the message.");
    found[name] = texts.filter(tells).length;
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
console.log(JSON.stringify(found));
