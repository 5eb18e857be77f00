import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { File, type FileArgs } from "../../sdk/index";

const registered: { type: string; name: string; inputs: Record<string, unknown> }[] = [];
let folder = "";
let path = "";
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "sdk-file-"));
  path = join(folder, "note.md");
  writeFileSync(path, "A note.");
  void pulumi.runtime.setMocks(
    {
      newResource: ({ type, name, id, inputs }) => {
        registered.push({ type, name, inputs: inputs as Record<string, unknown> });
        return { id: id === undefined || id === "" ? `kb/${name}` : id, state: { ...(inputs as object) } };
      },
      call: () => ({}),
    },
    "project",
    "stack",
  );
});
afterAll(() => rmSync(folder, { recursive: true }));
beforeEach(() => void registered.splice(0));

const value = <T>(output: pulumi.Output<T>): Promise<T> => new Promise((resolve) => void output.apply(resolve));

/** The source as it is registered. */
async function registeredAs(source: unknown): Promise<unknown> {
  await value(new File("note", { collectionId: "kb", source } as FileArgs).urn);
  return registered[0]?.inputs["source"];
}

test("a file is registered under its type, with its provider's constant text", async () => {
  await value(new File("note", { collectionId: "kb", source: path }).urn);
  expect(registered).toMatchObject([
    {
      type: "pulumi-nodejs:dynamic/vultr-inference:File",
      name: "note",
      inputs: {
        collectionId: "kb",
        __provider: 'exports.handler = () => require("pulumi-vultr-inference/provider").file;',
      },
    },
  ]);
});

test("a path, a FileAsset and an output of either become an asset of the file", async () => {
  for (const source of [
    path,
    new pulumi.asset.FileAsset(path),
    pulumi.output(path),
    pulumi.output(new pulumi.asset.FileAsset(path)),
  ]) {
    registered.splice(0);
    const asset = await registeredAs(source);
    expect(asset).toBeInstanceOf(pulumi.asset.FileAsset);
    await expect((asset as pulumi.asset.FileAsset).path).resolves.toBe(path);
  }
});

test("a StringAsset stays one", async () => {
  const asset = await registeredAs(new pulumi.asset.StringAsset("A note."));
  await expect((asset as pulumi.asset.StringAsset).text).resolves.toBe("A note.");
});

test.each([["1"], [""]])(
  "what the engine could not load reaches the provider as what is wrong with it, native: %j",
  async (native) => {
    process.env["PULUMI_VULTR_INFERENCE_NATIVE"] = native;
    const missing = join(folder, "missing.md");
    for (const [source, expected] of [
      [missing, { problem: expect.stringContaining("does not exist") }],
      [new pulumi.asset.FileAsset(folder), { problem: expect.stringContaining("is a folder") }],
      [new pulumi.asset.RemoteAsset("https://example.com/a.md"), { kind: "a RemoteAsset" }],
      [new pulumi.asset.FileArchive(folder), { kind: "a FileArchive" }],
      [new pulumi.asset.RemoteArchive("https://example.com/a.zip"), { kind: "a RemoteArchive" }],
      [new pulumi.asset.AssetArchive({}), { kind: "an AssetArchive" }],
      [5, 5],
    ]) {
      registered.splice(0);
      await expect(registeredAs(source)).resolves.toEqual(expected);
    }
  },
);

test("a secret source has a secret hash", async () => {
  const secret = new File("secret", {
    collectionId: "kb",
    source: pulumi.secret("A note.").apply((text) => new pulumi.asset.StringAsset(text)),
    filename: "note.md",
  });
  await expect(pulumi.isSecret(secret.contentHash)).resolves.toBe(true);
  const open = new File("open", { collectionId: "kb", source: path });
  await expect(pulumi.isSecret(open.contentHash)).resolves.toBe(false);
});

test("get reads an existing file by its id, with nothing declared", async () => {
  await value(File.get("foreign", "kb/1").urn);
  expect(registered).toEqual([
    { type: File.__pulumiType, name: "foreign", inputs: { __provider: expect.any(String) } },
  ]);
});

test("isInstance knows a file of the package from one of the platform", () => {
  expect(File.isInstance(new File("note", { collectionId: "kb", source: path }))).toBe(true);
  expect(File.isInstance(new globalThis.File([], "note.md"))).toBe(false);
  expect(File.isInstance(undefined)).toBe(false);
});
