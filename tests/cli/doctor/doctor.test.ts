import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { probe, type Probed } from "../../../cli/doctor/probe.js";
import { asker, type Ask } from "../../../cli/doctor/wire.js";
import { createClient } from "../../../provider/client/index.js";
import { ownerOf } from "../../../provider/ownership/tag.js";
import { startEmulator, type Emulator, type EmulatorOptions } from "../../../local/emulator/index.js";
import { runCommand, type Ended } from "../../support/command.js";
import { ROOT } from "../../support/project-copy.js";
import { itemDescription } from "../../support/tags.js";

const temporaryFolder = (): string => mkdtempSync(join(tmpdir(), "doctor-"));
const open: Emulator[] = [];
afterEach(() => Promise.all(open.splice(0).map((one) => one.close())));
const emulator = async (options: EmulatorOptions = {}): Promise<Emulator> => {
  const started = await startEmulator({ embeddings: "light", ...options });
  open.push(started);
  return started;
};
const api = ({ key, url }: Emulator) => createClient({ apiKey: key, baseUrl: url });
const doctor = ({ key, url }: Pick<Emulator, "key" | "url">, ...args: string[]): Promise<Ended> =>
  runCommand(process.execPath, [join(ROOT, "dist/cli/main.js"), "doctor", "--cwd", temporaryFolder(), ...args], ROOT, { VULTR_INFERENCE_BASE_URL: url, VULTR_INFERENCE_API_KEY: key });

describe("The command doctor", () => {
  it("says what is used and whose collections are, changes nothing, and never shows the key", async () => {
    const at = await emulator();
    const client = api(at);
    const { id: kb } = await client.collections.create({ name: "Customer handbook" });
    await client.items.add(kb, { content: "Ours.", description: itemDescription(ownerOf("urn"), "Ours.", "Ours", "aaaaaaaaaa") });
    await client.items.add(kb, { content: "By hand." });
    at.journal.clear();
    const { code, stdout, stderr } = await doctor(at);
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(stdout).toMatch(/ok +key +from environment variable VULTR_INFERENCE_API_KEY\n/u);
    expect(stdout).toContain(`${at.url}\n`);
    expect(stdout).toMatch(/ok +API +takes the key/u);
    expect(stdout).toContain(`"${kb}" (Customer handbook): 1 item of stacks, 1 other item, 0 files`);
    expect(stdout).toContain(process.versions.node);
    expect(stdout).not.toContain(at.key);
    expect(at.journal.filter(({ method }) => method !== "GET")).toEqual([]);
  });

  it("tells a key that is refused from an address that is wrong, and fails", async () => {
    const at = await emulator();
    const refused = await doctor({ url: at.url, key: "not-the-key" }, "--format", "json");
    expect(refused.code).toBe(1);
    expect(JSON.parse(refused.stdout)).toMatchObject({ status: "problem", checks: expect.arrayContaining([{ check: "API", status: "problem", found: "refuses the key", advice: expect.stringContaining("inference subscription") }]) });
    expect(refused.stdout).not.toContain("not-the-key");
    const elsewhere = await doctor({ url: at.url.replace("/v1", "/v7"), key: at.key });
    expect([elsewhere.code, elsewhere.stdout]).toEqual([1, expect.stringMatching(/problem +API .*\n +→ .*baseUrl/u)]);
    const none = await doctor({ url: at.url, key: "" });
    expect([none.code, none.stdout]).toEqual([1, expect.stringContaining("No API key")]);
  });
});

const probed = ({ key, url }: Emulator, around: (ask: Ask) => Ask = (ask) => ask): Promise<Probed> => {
  const ask = asker({ apiKey: key, baseUrl: url });
  return probe(around(ask), ask, () => Promise.resolve());
};

describe("The probe", () => {
  it("deletes its collections where it is interrupted, and those of a killed run the next time, and no others", async () => {
    const at = await emulator();
    const client = api(at);
    const result = await probed(at, (ask) => (request) => (request.path.endsWith("/search") ? Promise.reject(new Error("interrupted")) : ask(request)));
    expect(result).toMatchObject({ problem: "interrupted", left: [] });
    expect(await client.collections.list()).toEqual([]);
    const killed = await client.collections.create({ name: "vi-probe-0123abcd" });
    await client.items.add(killed.id, { content: "Probe 0.", description: "vi-probe-0123abcd" });
    const mine = [await client.collections.create({ name: "vi-probe-notes" }), await client.collections.create({ name: "vi-probe-fedc9876" })];
    await client.items.add(mine[1]?.id ?? "", { content: "A note of mine.", description: "Mine" });
    await probed(at);
    expect((await client.collections.list()).map(({ id }) => id).toSorted()).toEqual(mine.map(({ id }) => id).toSorted());
  });
});
