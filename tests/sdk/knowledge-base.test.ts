import * as pulumi from "@pulumi/pulumi";
import { startEmulator, type Emulator } from "../../local/emulator/index";
import { fields } from "../../provider/resources/collection/schema";
import { KnowledgeBase, type KnowledgeBaseArgs } from "../../sdk/index";

let emulator: Emulator;
beforeAll(async () => {
  emulator = await startEmulator({ embeddings: "light" });
  const headers = { authorization: `Bearer ${emulator.key}`, "content-type": "application/json" };
  await fetch(`${emulator.url}/vector_store`, { method: "POST", headers, body: JSON.stringify({ name: "shelf" }) });
  Object.assign(process.env, { VULTR_INFERENCE_API_KEY: emulator.key, VULTR_INFERENCE_BASE_URL: emulator.url });
  const made = {
    origin: "o",
    fileId: "f",
    status: "completed",
    items: 1,
    tokens: 1,
    revision: "r",
    documentCount: 1,
    chunkCount: 1,
  };
  await pulumi.runtime.setMocks(
    { newResource: ({ inputs }) => ({ id: "shelf", state: { ...(inputs as object), ...made } }), call: () => ({}) },
    "project",
    "stack",
  );
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
    [
      "nothing is",
      false,
      { documents: { source: texts }, files: { one: { source: text("Words."), filename: "one.md" } } },
    ],
    ["its documents are", true, { documents: { source: pulumi.secret(texts) as never } }],
    [
      "a text of its documents is",
      true,
      { documents: { source: { texts: [{ name: "a.md", text: pulumi.secret("Words.") }] } } },
    ],
    [
      "a file is",
      true,
      {
        files: {
          one: { source: text("Words."), filename: "one.md" },
          two: { source: pulumi.secret("package.json"), filename: "two.md" },
        },
      },
    ],
    ["the name of a file is", true, { files: { one: { source: text("Words."), filename: pulumi.secret("one.md") } } }],
  ])("is secret where something that it is made of is: %s", async (what, secret, args) => {
    const base = new KnowledgeBase(what.replaceAll(" ", "-"), { name: "Shelf", ...args });
    const found = base.search("words");
    const answer = base.ask("words?", { model: "llama-3.3-70b-instruct-fp8" });
    await new Promise((resolve) => void pulumi.all([found, answer]).apply(resolve));
    await expect(Promise.all([pulumi.isSecret(found), pulumi.isSecret(answer)])).resolves.toEqual([secret, secret]);
  });
});

describe("A knowledge base that is made of something else", () => {
  const problems = (args: object): string => {
    try {
      new KnowledgeBase("kb", args as KnowledgeBaseArgs);
    } catch (error) {
      return (error as Error).message;
    }
    return "";
  };

  it.each<[object, RegExp]>([
    [
      { name: "a", docments: "canary" },
      /^KnowledgeBase "kb": docments is not a property of a knowledge base\. Did you mean "documents"\? It takes: name, documents, files, questions, adopt, adoptByName, forceDestroy\.$/u,
    ],
    [
      { name: "a", documents: ["canary"] },
      /: documents must be the path of a folder, or what Documents takes, .*, but is a list\.$/u,
    ],
    [{ name: "a", documents: " " }, /: documents must be .* but is empty\.$/u],
    [{ name: "a", documents: pulumi.output("canary") }, /: documents must be .* but is an Output\.$/u],
    [{ name: "a", files: ["canary"] }, /: files must be files by their names, .*, but is a list\.$/u],
    [
      { name: "a", files: { one: 5 } },
      /: files\["one"\] must be a path, an asset, or what File takes, .*, but is a number\.$/u,
    ],
    [{ name: "a", questions: "canary" }, /: questions must be a list of questions .*, but is text\.$/u],
    [{ name: "a", questions: 5 }, /: questions must be .*, but is a number\.$/u],
  ])("says so in one sentence and repeats nothing: %j", (args, expected) => {
    expect(problems(args)).toMatch(expected);
    expect(problems(args)).not.toContain("canary");
  });

  it("takes what its collection takes", () => {
    const ofCollection = Object.entries(fields).filter(
      ([, { change, internal }]) => change !== "computed" && internal !== true,
    );
    const known = /It takes: (.*)\.$/u.exec(problems({ canary: 1 }))?.[1]?.split(", ") ?? [];
    expect(known.sort()).toEqual([...ofCollection.map(([name]) => name), "documents", "files", "questions"].sort());
  });

  it("says everything at once", () => {
    expect(problems({ docments: "docs", files: 5, questions: null })).toMatch(
      /^KnowledgeBase "kb": docments is not .*; files must be .*, but is a number; questions must be .*, but is null\.$/u,
    );
  });
});
