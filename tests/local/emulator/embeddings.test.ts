import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { startEmulator } from "../../../local/emulator/index.js";
import { closeAll, rig } from "./support/http.js";

/** A project with a stand-in for the package, since no model comes with the tests: it counts letters. */
const PACKAGE = `
exports.env = { allowRemoteModels: true };
exports.pipeline = async (task, model, options) => {
  if (exports.env.allowRemoteModels) throw new Error("fetch failed");
  const called = JSON.stringify([task, exports.env.localModelPath, model, options]);
  require("node:fs").appendFileSync(require("node:path").join(__dirname, "called"), called + "\\n");
  const letters = [..."abcdefghijklmnopqrstuvwxyz"];
  return async (texts) => ({
    tolist: () => texts.map((text) => letters.map((letter) => text.toLowerCase().split(letter).length - 1)),
  });
};
`;

describe("An embedder by its name", () => {
  const project = realpathSync(mkdtempSync(join(tmpdir(), "embeddings-")));
  const home = process.cwd();
  const write = (path: string, text = "{}"): void => {
    mkdirSync(dirname(join(project, path)), { recursive: true });
    writeFileSync(join(project, path), text);
  };
  const refused = (embeddings: string): Promise<string> =>
    startEmulator({ embeddings }).then(
      () => "started",
      (error: unknown) => (error as Error).message,
    );

  beforeAll(() => {
    write("node_modules/@huggingface/transformers/index.js", PACKAGE);
    for (const file of ["config.json", "tokenizer.json", "tokenizer_config.json"])
      for (const folder of ["small", "none", "flat"]) write(`models/${folder}/${file}`);
    write("models/small/onnx/model_quantized.onnx");
    write("models/flat/model_fp16.onnx");
    write("models/bare/config.json");
    write("own.cjs", "exports.embed = (texts) => texts.map((text) => [text.length, 1]);");
    write("nothing.cjs", "exports.vectors = [];");
  });
  beforeEach(() => process.chdir(project));
  afterEach(closeAll);
  afterAll(() => {
    process.chdir(home);
    rmSync(project, { recursive: true, force: true });
  });

  it("is loaded at the start, which says in one sentence what is missing", async () => {
    const model = "@huggingface/transformers";
    process.chdir(home);
    expect(await refused("transformers:small")).toBe(
      `Searching with a model of your choice needs ${model}: npm install ${model}`,
    );
    process.chdir(project);
    expect(await refused("transformers:./nowhere")).toBe(
      `${project}/nowhere is no folder of a model: ` +
        "it has no config.json, tokenizer.json, tokenizer_config.json, which stand beside onnx/.",
    );
    expect(await refused("transformers:models/bare")).toMatch(/has no tokenizer\.json, tokenizer_config\.json, which/u);
    expect(await refused("transformers:models/none")).toMatch(/has no onnx\/model\.onnx, nor a smaller form of it\.$/u);
    expect(await refused("transformers:someone/a-model")).toBe(
      "The model someone/a-model cannot be used: fetch failed. Without a network, give the folder of a model.",
    );
    expect(await refused("no-such-package")).toBe(
      "Searching with it needs no-such-package: npm install no-such-package",
    );
    expect(await refused("./nothing.cjs")).toBe(
      '"./nothing.cjs" exports no function embed(texts) that answers vectors.',
    );
  });

  it.each([
    ["transformers:models/small", { dtype: "q8", subfolder: "onnx" }],
    ["transformers:./models/flat", { dtype: "fp16", subfolder: "" }],
  ])("%s runs the files that its folder has", async (embeddings, options) => {
    write("node_modules/@huggingface/transformers/called", "");
    const { ask } = await rig({ embeddings });
    await ask("POST", "/vector_store", { name: "a" });
    for (const content of ["zzz", "The quick brown fox", "eeee"])
      await ask("POST", "/vector_store/a/items", { content });
    const { body } = await ask("POST", "/vector_store/a/search", { input: "zz" });
    expect(body.results[0]?.content).toBe("zzz");
    const called = readFileSync(join(project, "node_modules/@huggingface/transformers/called"), "utf8");
    expect(JSON.parse(called)).toEqual([
      "feature-extraction",
      join(project, "models"),
      embeddings.split("/").at(-1),
      options,
    ]);
  });

  it("may be a file that exports a function", async () => {
    const { ask } = await rig({ embeddings: "./own.cjs" });
    await ask("POST", "/vector_store", { name: "a" });
    await ask("POST", "/vector_store/a/items", { content: "words" });
    expect((await ask("POST", "/vector_store/a/search", { input: "x" })).body.results).toHaveLength(1);
  });
});
