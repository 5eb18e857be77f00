import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import OpenAI from "openai";
import { startEmulator, type Emulator } from "../../local/emulator/index.js";
import { runCommand } from "../support/command.js";
import { blocksOf } from "../support/docs.js";

const hasCurl = spawnSync("curl", ["--version"]).status === 0;

describe("What the docs say of the API without this package", () => {
  let emulator: Emulator;
  const folder = mkdtempSync(join(tmpdir(), "curl-"));
  beforeAll(async () => {
    emulator = await startEmulator({ embeddings: "light" });
  });
  afterAll(async () => {
    await emulator.close();
    rmSync(folder, { recursive: true, force: true });
  });

  (hasCurl ? it : it.skip)("runs by curl as it stands there, and leaves nothing behind", async () => {
    const script = ["set -e", ...blocksOf("docs/curl-and-openai.md", "bash")].join("\n");
    const { code, stdout, stderr } = await runCommand("bash", ["-c", script], folder, {
      VULTR_INFERENCE_BASE_URL: emulator.url,
      VULTR_INFERENCE_API_KEY: emulator.key,
    });
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(stdout).toContain('"results":[{"id":');
    expect(stdout).toContain('"content":"From the documents: ');
    expect(stdout).toContain('"filename":"gifts.md"');
    const answer = await fetch(`${emulator.url}/vector_store`, {
      headers: { authorization: `Bearer ${emulator.key}` },
    });
    expect(await answer.json()).toEqual({ collections: [] });
  });

  it("is reached by post of the openai client, where that has no method", async () => {
    const openai = new OpenAI({ baseURL: emulator.url, apiKey: emulator.key });
    await openai.post("/vector_store", { body: { name: "Shop" } });
    await openai.post("/vector_store/shop/items", { body: { content: "Send anything back within 30 days." } });
    const { results } = await openai.post<{ results: { content: string }[] }>("/vector_store/shop/search", {
      body: { input: "Can I get a refund?" },
    });
    expect(results[0]?.content).toContain("30 days");
  });
});
