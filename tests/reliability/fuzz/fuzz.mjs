// Feeds each parser with what was changed of valid input, and goes on from what reached code that nothing had reached.
//   node tests/reliability/fuzz/fuzz.mjs [--runs 400] [--seed 1] [target…]
// Prints a line for each target; exits with 1 where one crashed, hung, grew without bound, or changed what all objects
// share.
import { parseArgs } from "node:util";
import { Worker, isMainThread, parentPort, workerData } from "node:worker_threads";
import { fileURLToPath } from "node:url";
import { Coverage } from "./coverage.mjs";
import { mutate } from "./mutate.mjs";
import { seededNumbers, TARGETS } from "./targets.mjs";

/** Bytes that an input may have. */
const LIMIT = 64 * 1024;
/** Milliseconds for one input. So much is never needed for so few bytes, whatever else the machine does. */
const HANGS = 20_000;
/** Megabytes. */
const HEAP = 512;

if (isMainThread) await main();
else await fuzz(workerData);

async function main() {
  const { values, positionals } = parseArgs({
    options: { runs: { type: "string", default: "400" }, seed: { type: "string", default: "1" } },
    allowPositionals: true,
  });
  const unknown = positionals.find((name) => !(name in TARGETS));
  if (unknown !== undefined) {
    console.error(`There is no target "${unknown}". There are: ${Object.keys(TARGETS).join(", ")}.`);
    process.exit(1);
  }
  let [cases, violations] = [0, 0];
  for (const name of positionals.length > 0 ? positionals : Object.keys(TARGETS)) {
    const { inputs, places, found } = await inThread({ name, runs: Number(values.runs), seed: Number(values.seed) });
    cases += inputs;
    violations += found.length;
    console.log(
      `${found.length === 0 ? "ok  " : "FAIL"} ${name.padEnd(10)} ${inputs} inputs, ${places} places reached`,
    );
    for (const { what, input } of found) console.log(`     ${what}\n     by ${input}`);
  }
  console.log(
    `fuzz: ${cases} cases of ${Object.keys(TARGETS).length} parsers, seed ${values.seed}, ${violations} violations`,
  );
  process.exit(violations > 0 ? 1 : 0);
}

/** A target in a thread of its own, with bounded memory, which can be ended where it hangs. */
function inThread(workerData) {
  return new Promise((resolve) => {
    const worker = new Worker(fileURLToPath(import.meta.url), {
      workerData,
      resourceLimits: { maxOldGenerationSizeMb: HEAP },
      stdout: true,
      stderr: true,
    });
    // Libraries tell of damaged documents there.
    worker.stdout.resume();
    worker.stderr.resume();
    const state = { inputs: 0, places: 0, input: "", timer: undefined };
    const end = (found) => {
      clearTimeout(state.timer);
      void worker.terminate();
      resolve({ inputs: state.inputs, places: state.places, found });
    };
    worker.on("message", ({ input, done, ...counts }) => {
      Object.assign(state, counts);
      clearTimeout(state.timer);
      if (done) return end(done);
      state.input = input;
      state.timer = setTimeout(() => end([{ what: `hangs for ${HANGS / 1000} s`, input }]), HANGS);
    });
    worker.on("error", (error) => end([{ what: String(error?.stack ?? error), input: state.input }]));
  });
}

async function fuzz({ name, runs, seed }) {
  const { run, seeds, names, code = "/dist/", share = 1 } = TARGETS[name];
  const random = seededNumbers(seed);
  const corpus = seeds.map((seed) => Buffer.from(seed));
  const coverage = new Coverage(code);
  await coverage.start();
  const found = [];
  const shared = sharedKeys();
  for (let number = 0; number < runs * share && found.length < 3; number++) {
    const chosen = corpus[Math.floor(random() * corpus.length)];
    const input = number < seeds.length ? corpus[number] : mutate(chosen, corpus, random, LIMIT);
    const shown = JSON.stringify(input.toString("latin1").slice(0, 2_000));
    parentPort.postMessage({ input: shown, inputs: number + 1, places: coverage.size });
    try {
      await run(input);
    } catch (error) {
      if (!names.includes(error?.name) && !names.includes(error?.constructor?.name))
        found.push({
          what: String(error?.stack ?? error)
            .split("\n")
            .slice(0, 4)
            .join("\n     "),
          input: shown,
        });
    }
    if (sharedKeys() !== shared) found.push({ what: `Object.prototype has become ${sharedKeys()}`, input: shown });
    if (await coverage.isNew()) corpus.push(input);
  }
  parentPort.postMessage({ done: found, places: coverage.size });
}

function sharedKeys() {
  return [Object.prototype, Array.prototype, Function.prototype, String.prototype]
    .map((prototype) => Reflect.ownKeys(prototype).length)
    .join();
}
