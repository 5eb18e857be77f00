// The memory that a file of 200 MB costs the provider: it is hashed and sent chunk by chunk, never held as a whole.
import { fork } from "node:child_process";
import { randomBytes } from "node:crypto";
import { createWriteStream, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { fileURLToPath } from "node:url";
import { report } from "./report.mjs";

const MB = 1_000_000;
const SIZE = 200 * MB;
const GOAL = 80 * MB;

const folder = mkdtempSync(join(tmpdir(), "bench-files-"));
const small = join(folder, "small.pdf");
const large = join(folder, "large.pdf");
const chunk = randomBytes(MB);
writeFileSync(small, chunk);
await pipeline(
  Array.from({ length: SIZE / MB }, () => chunk),
  createWriteStream(large),
);

/** How many bytes each upload brought. */
const uploads = [];
const server = createServer((request, response) => {
  let bytes = 0;
  request.on("data", (chunk) => (bytes += chunk.length));
  request.on("end", () => {
    const isUpload = request.method === "POST";
    if (isUpload) uploads.push(bytes);
    const file = { id: String(uploads.length), filename: "bench.pdf", status: "completed", items: 1, tokens: 1 };
    response
      .writeHead(200, { "content-type": "application/json" })
      .end(JSON.stringify(isUpload ? { file } : { files: [] }));
  });
});
await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));

const child = fork(fileURLToPath(new URL("files-upload.mjs", import.meta.url)), [small, large], {
  env: {
    ...process.env,
    VULTR_INFERENCE_API_KEY: "bench-key",
    VULTR_INFERENCE_BASE_URL: `http://127.0.0.1:${server.address().port}/v1`,
  },
});
const grown = new Promise((resolve) => child.once("message", (message) => resolve(message.grown)));
const failed = new Promise((resolve) => child.once("exit", (code) => code !== 0 && resolve(undefined)));

const value = await Promise.race([grown, failed]);
server.close();
rmSync(folder, { recursive: true });
if (value === undefined || uploads[1] <= SIZE) process.exitCode = 1;
else
  report({
    name: "files.uploadMemory",
    value: value / MB,
    unit: "MB",
    peer: `a file of ${SIZE / MB} MB`,
    ratio: value / SIZE,
    goal: GOAL / SIZE,
  });
