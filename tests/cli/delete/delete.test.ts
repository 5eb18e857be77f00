import { join } from "node:path";
import { createClient } from "../../../provider/client/index.js";
import { ownerOf } from "../../../provider/ownership/tag.js";
import { startEmulator, type Emulator } from "../../../local/emulator/index.js";
import { runCommand, type Ended } from "../../support/command.js";
import { ROOT } from "../../support/project-copy.js";
import { chunkDescription, itemDescription } from "../../support/tags.js";

let emulator: Emulator;
beforeEach(async () => void (emulator = await startEmulator({ embeddings: "light" })));
afterEach(() => emulator.close());

const api = () => createClient({ apiKey: emulator.key, baseUrl: emulator.url });
const remove = (...args: string[]): Promise<Ended> =>
  runCommand(process.execPath, [join(ROOT, "dist/cli/main.js"), "delete", ...args], ROOT, {
    VULTR_INFERENCE_BASE_URL: emulator.url,
    VULTR_INFERENCE_API_KEY: emulator.key,
  });

describe("The command delete", () => {
  it("deletes items and files by their ids, and says what is not there", async () => {
    const client = api();
    const { id: kb } = await client.collections.create({ name: "kb" });
    const { item } = await client.items.add(kb, { content: "One." });
    await client.items.add(kb, { content: "Two." });
    const file = await client.files.add(kb, { filename: "a.txt", source: Buffer.from("A file.") });
    const { code, stdout } = await remove(`${kb}/${item.id}`, `${kb}/${file.id}`, `${kb}/nothing`);
    expect({ code, stdout }).toEqual({
      code: 0,
      stdout:
        `Deleted the item "kb/${item.id}"\nDeleted the file, and the items made of it: "kb/${file.id}"\nThere is ` +
        `no item or file "kb/nothing"\n`,
    });
    expect((await client.items.list(kb)).map(({ description }) => description)).toEqual(["Two."]);
    expect(await client.files.list(kb)).toEqual([]);
  });

  it("deletes what bears a claim, and leaves to others what they manage, too", async () => {
    const client = api();
    const { id: kb } = await client.collections.create({ name: "kb" });
    const [mine, theirs] = ["aaaaaaaaaa", "bbbbbbbbbb"];
    const owner = ownerOf("urn");
    await client.items.add(kb, {
      content: "Mine.",
      description: itemDescription(owner, "Mine.", "Mine \u001b[31m title", mine),
    });
    await client.items.add(kb, {
      content: "Both.",
      description: chunkDescription(owner, "a.md", "Both.", "a.md", `${mine}.${theirs}`),
    });
    await client.items.add(kb, {
      content: "Theirs.",
      description: itemDescription(owner, "Theirs.", "Theirs", theirs),
    });
    const hidden = itemDescription(owner, "Hidden.", "Hidden", mine).replace("[vi:i:", "[vi:is:");
    await client.items.add(kb, { content: "Hidden.", description: hidden });
    await client.items.add(kb, { content: "By hand.", description: "By hand" });
    const { stdout } = await remove("--claim", mine.toUpperCase(), kb);
    expect(stdout).toMatch(
      /^- kb\/\S+ {2}Mine title\n- kb\/\S+\nDeleted 2 items of "kb"; 1 item that others manage, too, only lost the claim\.\n$/u,
    );
    const left = (await client.items.list(kb)).map(({ description }) => description);
    expect(left).toEqual([
      chunkDescription(owner, "a.md", "Both.", "a.md", theirs),
      itemDescription(owner, "Theirs.", "Theirs", theirs),
      "By hand",
    ]);
  });

  it("never deletes a whole collection", async () => {
    await api().collections.create({ name: "kb" });
    const { code, stderr } = await remove("kb");
    expect(code).toBe(1);
    expect(stderr).toContain('"kb" is not the id of one item or file');
    expect((await remove("kb", "--claim", "")).stderr).toContain("It must be the claim of a tag");
    expect(await api().collections.list()).toHaveLength(1);
  });
});
