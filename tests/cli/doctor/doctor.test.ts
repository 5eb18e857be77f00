import { settingsOf } from "../../../cli/doctor/environment.js";
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ASSUMPTIONS, profileOf, type Seen } from "../../../cli/doctor/assumptions.js";
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
  runCommand(process.execPath, [join(ROOT, "dist/cli/main.js"), "doctor", "--cwd", temporaryFolder(), ...args], ROOT, {
    VULTR_INFERENCE_BASE_URL: url,
    VULTR_INFERENCE_API_KEY: key,
  });

describe("The command doctor", () => {
  it("says what is used and whose collections are, changes nothing, and never shows the key", async () => {
    const at = await emulator();
    const client = api(at);
    const { id: kb } = await client.collections.create({ name: "Customer handbook" });
    await client.items.add(kb, {
      content: "Ours.",
      description: itemDescription(ownerOf("urn"), "Ours.", "Ours", "aaaaaaaaaa"),
    });
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
    expect(JSON.parse(refused.stdout)).toMatchObject({
      status: "problem",
      checks: expect.arrayContaining([
        {
          check: "API",
          status: "problem",
          found: "refuses the key",
          advice: expect.stringContaining("inference subscription"),
        },
      ]),
    });
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
const differing = (seen: Seen): string[] =>
  Object.entries(ASSUMPTIONS).flatMap(([name, { expected }]) => (seen[name as keyof Seen] === expected ? [] : [name]));

describe("The probe", () => {
  it("finds all assumptions as they are, and leaves nothing behind", async () => {
    const at = await emulator();
    const mine = await api(at).collections.create({ name: "mine" });
    const { seen, left, problem } = await probed(at);
    expect({ differing: differing(seen), left, problem }).toEqual({ differing: [], left: [], problem: undefined });
    expect(await api(at).collections.list()).toEqual([mine]);
  });

  it.each([
    ["takenName", { takenName: "suffix" }, ["takenName", "sameBeginning"]],
    ["takenName", { takenName: "existing" }, ["takenName", "sameBeginning"]],
    ["underscore", { underscore: "dropped" }, ["underscore"]],
    ["unknownCollection", { unknownCollection: 422 }, ["unknownCollection"]],
    ["searchResults", { searchResults: 10 }, ["searchResults"]],
    ["unknownModel", { unknownModel: "answered" }, ["unknownModel"]],
    ["unknownVoice", { unknownVoice: "spoken" }, ["unknownVoice"]],
    ["modelList", { modelList: "2025" }, ["modelList"]],
    ["openModelList", { openModelList: false }, ["openModelList"]],
    ["voiceList", { voiceList: "voices" }, ["voiceList"]],
    ["audioModels", { audioModels: false }, ["audioModels"]],
    ["logs", { logs: false }, ["logs"]],
    ["deleteFile", { deleteFile: false }, ["deleteFile"]],
  ] as const)("finds exactly that %s is switched: %j", async (_name, like, found) => {
    const { seen, left, problem } = await probed(await emulator({ like }));
    expect({ differing: differing(seen), left, problem }).toEqual({ differing: found, left: [], problem: undefined });
    // What it writes makes another emulator the same.
    const again = await probed(await emulator({ like: profileOf(seen) }));
    expect(again.seen).toEqual(seen);
  });

  it("deletes its collections where it is interrupted, and those of a killed run the next time, and no others", async () => {
    const at = await emulator();
    const client = api(at);
    const result = await probed(
      at,
      (ask) => (request) =>
        request.path.endsWith("/search") ? Promise.reject(new Error("interrupted")) : ask(request),
    );
    expect(result).toMatchObject({ problem: "interrupted", left: [] });
    expect(await client.collections.list()).toEqual([]);
    const killed = await client.collections.create({ name: "vi-probe-0123abcd" });
    await client.items.add(killed.id, { content: "Probe 0.", description: "vi-probe-0123abcd" });
    const mine = [
      await client.collections.create({ name: "vi-probe-notes" }),
      await client.collections.create({ name: "vi-probe-fedc9876" }),
    ];
    await client.items.add(mine[1]?.id ?? "", { content: "A note of mine.", description: "Mine" });
    await probed(at);
    expect((await client.collections.list()).map(({ id }) => id).toSorted()).toEqual(
      mine.map(({ id }) => id).toSorted(),
    );
  });

  it("asks before it begins, says what it costs, prints a table and writes a profile", async () => {
    const at = await emulator({ like: { logs: false } });
    const unasked = await doctor(at, "--probe");
    expect([unasked.code, unasked.stderr]).toEqual([1, expect.stringMatching(/about [\d,]+ tokens[^]*Add --yes/u)]);
    const profile = join(temporaryFolder(), "profile.json");
    writeFileSync(profile, "");
    const { code, stdout } = await doctor(at, "--probe", "--yes", "--out", profile);
    expect(code).toBe(1);
    expect(stdout).toMatch(/^\/logs +there +absent +differs$/mu);
    expect((await probed(await emulator({ like: profile }))).seen).toMatchObject({
      logs: "absent",
      takenName: "refused",
    });
  });
});

it.each([
  ["https://api.example.com/v1", "ok"],
  ["http://127.0.0.1:8080/v1", "ok"],
  ["http://api.example.com/v1", "warning"],
])("tells where the key goes unencrypted: %s", (baseUrl, status) => {
  const known: Readonly<Record<string, string>> = { apiKey: "a-proper-key", baseUrl };
  const { findings } = settingsOf((key) => known[key.replace(/^.*:/u, "")]);
  expect(findings.find(({ check }) => check === "address")).toMatchObject({ status });
});
