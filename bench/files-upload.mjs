// Declares files as the engine does, in a process of its own for bench/files.mjs, and tells how much memory the second
// one took at its peak on top of the first. Arguments: the paths of both; settings come from the environment.
import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { pipeline } from "node:stream/promises";
import { file } from "pulumi-vultr-inference/provider";

const ASSET = { "4dabf18193072939515e22adb298388d": "c44067f5952c0a294b673a41bacd8c17" };

/** The engine hashes files in its own process, so this does not count. */
async function assetOf(path) {
  const hash = createHash("sha256");
  await pipeline(createReadStream(path), hash);
  return { ...ASSET, path, hash: hash.digest("hex") };
}

async function upload(source) {
  const { inputs, failures } = await file.check({}, { collectionId: "bench", source });
  if (failures.length > 0) throw new Error(failures[0].reason);
  const { outs } = await file.create(inputs);
  if (outs.status !== "completed") throw new Error(`The file is ${outs.status}.`);
}

/** In bytes. */
const peak = () => process.resourceUsage().maxRSS * 1024;

const [small, large] = await Promise.all(process.argv.slice(2).map(assetOf));
await upload(small);
const before = peak();
await upload(large);
process.send({ grown: peak() - before });
process.disconnect();
