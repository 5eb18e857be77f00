import { sep } from "node:path";

/** What was loaded besides the SDK's own: packages, and folders or files of this one. */
function loaded(): string[] {
  const files = Object.keys(require.cache).map((file) => file.split(sep).join("/"));
  const packages = files.flatMap(
    (file) => /\/node_modules\/((?:@[^/]+\/)?[^/]+)\/(?!.*\/node_modules\/)/u.exec(file)?.[1] ?? [],
  );
  const own = files.flatMap((file) => /\/((?:provider|sdk)\/.*)\.ts$/u.exec(file)?.[1] ?? []);
  return [...new Set([...packages, ...own])];
}

const KNOWN = { name: "Handbook", owner: "abcdefghijkl" };

const NETWORK = ["undici", "provider/client/client", "provider/client/http/index", "provider/session/contexts"];

beforeEach(() => jest.resetModules());

test("a program that only declares starts without the client, the functions and what they check by", async () => {
  const { Collection } = await import("../../sdk/index.js");
  expect(Collection).toBeDefined();
  const found = loaded();
  expect(found).toContain("sdk/collection");
  for (const name of [...NETWORK, "zod", "provider/functions/index"]) expect(found).not.toContain(name);
});

test("check and diff of what has not changed load neither the client nor the readers of documents", async () => {
  const { collection, documents } = await import("../../provider/index.js");
  const { inputs } = await collection.check(KNOWN, KNOWN);
  await collection.diff("kb", { ...inputs, collectionId: "kb", claim: "x" }, inputs ?? {});
  const source = { texts: [{ name: "a.md", text: "" }], declared: "texts" };
  const checked = await documents.check({}, { collectionId: "kb", source, owner: "abcdefghijkl" });
  await documents.diff("kb/x", { ...checked.inputs, claim: "x" }, checked.inputs ?? {});
  const found = loaded();
  expect(found).toContain("provider/resources/documents/lifecycle");
  for (const name of [...NETWORK, "provider/documents/read/readers"]) expect(found).not.toContain(name);
});

test("the commands that need no engine start without the SDK of Pulumi", async () => {
  const commands = await Promise.all([
    import("../../cli/browse/command.js"),
    import("../../cli/diff/command.js"),
    import("../../cli/doctor/command.js"),
    import("../../cli/drift/command.js"),
    import("../../cli/emulator.js"),
    import("../../cli/try/command.js"),
  ]);
  expect(commands).toHaveLength(6);
  expect(loaded()).not.toContain("@pulumi/pulumi");
});
