import * as pulumi from "@pulumi/pulumi";
import { startEmulator, type Emulator } from "../../local/emulator/index";
import { KnowledgeBase, type KnowledgeBaseArgs } from "../../sdk/index";

let emulator: Emulator;
beforeAll(async () => {
  emulator = await startEmulator({ embeddings: "light" });
  const headers = { authorization: `Bearer ${emulator.key}`, "content-type": "application/json" };
  await fetch(`${emulator.url}/vector_store`, { method: "POST", headers, body: JSON.stringify({ name: "shelf" }) });
  Object.assign(process.env, { VULTR_INFERENCE_API_KEY: emulator.key, VULTR_INFERENCE_BASE_URL: emulator.url });
  const made = { origin: "o", fileId: "f", status: "completed", items: 1, tokens: 1, revision: "r", documentCount: 1, pieceCount: 1 };
  await pulumi.runtime.setMocks({ newResource: ({ inputs }) => ({ id: "shelf", state: { ...(inputs as object), ...made } }), call: () => ({}) }, "project", "stack");
});
afterAll(async () => {
  await emulator.close();
  delete process.env["VULTR_INFERENCE_API_KEY"];
  delete process.env["VULTR_INFERENCE_BASE_URL"];
});

const text = (words: string): pulumi.asset.StringAsset => new pulumi.asset.StringAsset(words);
const texts = { texts: [{ name: "a.md", text: "Words." }] };

describe("What a knowledge base answers", () => {
  it.each<[string, boolean, Omit<KnowledgeBaseArgs, "name">]>([
    ["nothing is", false, { documents: { source: texts }, files: { one: { source: text("Words."), filename: "one.md" } } }],
    ["its documents are", true, { documents: { source: pulumi.secret(texts) as never } }],
    ["a text of its documents is", true, { documents: { source: { texts: [{ name: "a.md", text: pulumi.secret("Words.") }] } } }],
    ["a file is", true, { files: { one: { source: text("Words."), filename: "one.md" }, two: { source: pulumi.secret("package.json"), filename: "two.md" } } }],
    ["the name of a file is", true, { files: { one: { source: text("Words."), filename: pulumi.secret("one.md") } } }],
  ])("is secret where something that it is made of is: %s", async (what, secret, args) => {
    const base = new KnowledgeBase(what.replaceAll(" ", "-"), { name: "Shelf", ...args });
    const found = base.search("words");
    const answer = base.ask("words?", { model: "llama-3.3-70b-instruct-fp8" });
    await new Promise((resolve) => void pulumi.all([found, answer]).apply(resolve));
    await expect(Promise.all([pulumi.isSecret(found), pulumi.isSecret(answer)])).resolves.toEqual([secret, secret]);
  });
});
