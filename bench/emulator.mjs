// Benchmarks of the emulator, each a line of JSON: {name, value, unit, peer, ratio, goal, ok}.
// The emulator runs in a process of its own, as users run it; needs the build in dist/.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { Pool } from "undici";
import { either, report } from "./report.mjs";

const ITEMS = either(4_000, 10_000);
const REAL_ITEMS = either(200, 600);
const SEARCHES = 100;

const subjects =
  "zebra lion river train museum contract oven server request password garden lake doctor manager parcel".split(" ");
const verbs = "sleeps opens carries freezes retries expires ships waits burns signs heals locks".split(" ");
const places =
  "in the morning|near the office|after three days|without a key|at the station|behind the wall|every week|for free".split(
    "|",
  );

/** A different short sentence for each number: about nine words, as a line of a manual has. */
const sentence = (number) =>
  `The ${subjects[number % 15]} ${verbs[(number * 7) % 12]} ${places[(number * 3) % 8]} ${number}.`;

async function start(embeddings) {
  const program = fileURLToPath(new URL("../dist/local/emulator/index.js", import.meta.url));
  const code =
    "require(process.argv[1]).startEmulator({ embeddings: process.argv[2] }).then(({ url, key }) => " +
    "console.log(JSON.stringify({ url, key })))";
  const child = spawn(process.execPath, ["-e", code, program, embeddings], { stdio: ["ignore", "pipe", "inherit"] });
  const [line] = await once(createInterface({ input: child.stdout }), "line");
  const { url, key } = JSON.parse(line);
  const pool = new Pool(new URL(url).origin, { connections: 16 });
  const ask = async (path, json) => {
    const headers = { authorization: `Bearer ${key}`, "content-type": "application/json" };
    const { statusCode, body } = await pool.request({
      path: `/v1${path}`,
      method: "POST",
      headers,
      body: JSON.stringify(json),
    });
    const answer = await body.json();
    if (statusCode >= 300) throw new Error(`${path}: ${statusCode} ${JSON.stringify(answer)}`);
    return answer;
  };
  const upload = async (path, filename, text) => {
    const body = new FormData();
    body.append("file", new File([text], filename));
    const response = await fetch(url + path, { method: "POST", headers: { authorization: `Bearer ${key}` }, body });
    if (!response.ok) throw new Error(`${path}: ${response.status}`);
  };
  const stop = async () => {
    await pool.close();
    child.kill();
    await once(child, "exit");
  };
  return { child, ask, upload, stop };
}

/** Adds items from 16 callers at once and searches once, which waits for all vectors. @returns items a second. */
async function add({ ask }, from, count) {
  const begin = performance.now();
  let next = from;
  await Promise.all(
    Array.from({ length: 16 }, async () => {
      while (next < from + count) await ask("/vector_store/bench/items", { content: sentence(next++) });
    }),
  );
  await ask("/vector_store/bench/search", { input: "ready" });
  return count / ((performance.now() - begin) / 1000);
}

/** @returns the median time of a search, one after the other, in milliseconds. */
async function search({ ask }) {
  const times = [];
  for (let number = 0; number < SEARCHES; number++) {
    const begin = performance.now();
    await ask("/vector_store/bench/search", {
      input: `where does the ${subjects[number % 15]} go ${places[number % 8]}`,
    });
    times.push(performance.now() - begin);
  }
  return times.sort((a, b) => a - b)[SEARCHES / 2];
}

function megabytes({ child }) {
  const [, kilobytes] = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${child.pid}/status`, "utf8")) ?? [];
  return Number(kilobytes) / 1024;
}

for (const [embeddings, goal, warmUp, measured] of [
  ["light", 3_000, 2_000, ITEMS - 2_000],
  ["full", 150, 64, REAL_ITEMS],
]) {
  const emulator = await start(embeddings);
  await emulator.ask("/vector_store", { name: "bench" });
  await add(emulator, 0, warmUp);
  const rate = await add(emulator, warmUp, measured);
  report({ name: `emulator.add.${embeddings}`, value: rate, unit: "items/s", goal, isAtLeast: true });
  const rest = ITEMS - warmUp - measured;
  if (rest > 0) await add(emulator, warmUp + measured, rest);
  const middle = await search(emulator);
  report({ name: `emulator.search.${embeddings}`, value: middle, unit: "ms, median", goal: 25 });
  // The threads that many texts at once have started end after a pause.
  await new Promise((resolve) => setTimeout(resolve, 5_000));
  const memory = megabytes(emulator);
  report({ name: `emulator.memory.${embeddings}`, value: memory, unit: "MB", goal: 400 });
  await emulator.stop();
}

/** The 95th percentile of the times of searches in, and additions to, a small collection, in milliseconds. */
async function patience({ ask }) {
  const times = [];
  for (let number = 0; number < SEARCHES; number++) {
    const begin = performance.now();
    await ask("/vector_store/small/search", { input: `the ${subjects[number % 15]}` });
    await ask("/vector_store/small/items", { content: sentence(number) });
    times.push((performance.now() - begin) / 2);
  }
  return times.sort((a, b) => a - b)[Math.floor(SEARCHES * 0.95)];
}

// Nobody waits for somebody else's document.
const emulator = await start("light");
for (const name of ["small", "large"]) await emulator.ask("/vector_store", { name });
await patience(emulator);
const idle = await patience(emulator);
await emulator.upload(
  "/vector_store/large/files",
  "long.txt",
  Array.from({ length: either(200_000, 700_000) }, (_, number) => sentence(number)).join("\n\n"),
);
const busy = await patience(emulator);
report({ name: "emulator.whileIngesting", value: busy, unit: "ms, p95", peer: "idle", ratio: busy / idle, goal: 3 });
report({ name: "emulator.memory.ingesting", value: megabytes(emulator), unit: "MB", goal: 500 });
await emulator.stop();
