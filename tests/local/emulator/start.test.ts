import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { manualClock, startEmulator } from "../../../local/emulator/index.js";
import { closeAll, rig, upload } from "./support/http.js";

afterEach(closeAll);

describe("startEmulator", () => {
  it("listens on a free loopback port with a key of its own", async () => {
    const [first, second] = [(await rig()).emulator, (await rig()).emulator];
    expect(first.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/v1$/);
    expect(first.key).toMatch(/^emulator-[0-9a-f]{32}$/);
    expect([first.url, first.key]).not.toEqual([second.url, second.key]);
  });

  it("says in one sentence what is wrong with a port or a host", async () => {
    const { emulator } = await rig();
    const port = Number(new URL(emulator.url).port);
    await expect(rig({ port })).rejects.toThrow(
      `Port ${port} of 127.0.0.1 is taken: choose another one, or 0 for a free one.`,
    );
    await expect(rig({ host: "0.0.0.0" })).rejects.toThrow(
      "Listening on 0.0.0.0 opens the emulator to other machines: give it a key of your own.",
    );
    await expect(rig({ host: "203.0.113.7", key: "mine" })).rejects.toThrow(
      "203.0.113.7 is no address of this machine",
    );
    await expect(rig({ key: "two words" })).rejects.toThrow(/key must be printable ASCII characters without blanks/u);
  });

  it("ends with the block that it was declared in", async () => {
    let url: string;
    {
      await using emulator = await startEmulator({ embeddings: "light" });
      url = emulator.url;
      expect((await fetch(`${url}/health`)).status).toBe(200);
    }
    await expect(fetch(`${url}/health`)).rejects.toThrow();
  });

  it("does not stand still where a test has replaced the timers and the clock", async () => {
    jest.useFakeTimers();
    try {
      const test = await rig({ latencyMs: 1, collectionDelayMs: 1, ingestionStageMs: 1 });
      await test.ask("POST", "/vector_store", { name: "a" });
      for (let status = 404; status === 404; )
        ({ status } = await test.ask("POST", "/vector_store/a/items", { content: "zebra" }));
      const { file } = (await upload(test, "a", "z.txt", "zebra")).body;
      for (let status = ""; status !== "completed"; )
        ({ status } = (await test.ask("GET", `/vector_store/a/files/${file.id}`)).body.file);
      expect((await test.ask("POST", "/vector_store/a/search", { input: "zebra" })).body.results).toHaveLength(2);
      const stream = await test.ask("POST", "/chat/completions", {
        model: "glm-5.3",
        stream: true,
        messages: [{ role: "user", content: "x" }],
      });
      expect(stream.text).toContain("[DONE]");
    } finally {
      jest.useRealTimers();
    }
  });

  it("closes twice without harm, with connections open", async () => {
    const { emulator, ask } = await rig();
    await ask("GET", "/vector_store");
    await Promise.all([emulator.close(), emulator.close()]);
    await emulator.close();
    await expect(ask("GET", "/vector_store")).rejects.toThrow();
  });

  it("hides a new collection for a while when told so", async () => {
    const clock = manualClock();
    const { ask } = await rig({ clock, collectionDelayMs: 1_000 });
    expect((await ask("POST", "/vector_store", { name: "a" })).status).toBe(201);
    expect((await ask("POST", "/vector_store/a/items", { content: "x" })).body.message).toBe("Collection not found");
    expect((await ask("GET", "/vector_store")).body.collections).toEqual([]);
    clock.advance(1_000);
    expect((await ask("POST", "/vector_store/a/items", { content: "x" })).status).toBe(201);
  });

  it("waits before each answer when told so, and longer before one with such a fault", async () => {
    const slept: number[] = [];
    const { ask, emulator } = await rig({
      latencyMs: 20,
      clock: { now: () => 0, sleep: (ms) => Promise.resolve(void slept.push(ms)) },
    });
    await ask("GET", "/vector_store");
    emulator.faults.add({ delayMs: 500, times: 1 });
    expect((await ask("GET", "/vector_store")).status).toBe(200);
    await ask("GET", "/vector_store");
    expect(slept).toEqual([20, 20, 500, 20]);
  });

  it("takes faults from a file, and names the file that is wrong", async () => {
    const folder = mkdtempSync(join(tmpdir(), "emulator-"));
    const faultsFile = join(folder, "faults.json");
    writeFileSync(faultsFile, '[{"operation":"listCollections","status":503}]');
    expect((await (await rig({ faultsFile })).ask("GET", "/vector_store")).status).toBe(503);
    for (const wrong of ["[", "{}", '[{"operation":"nothing"}]']) {
      writeFileSync(faultsFile, wrong);
      await expect(startEmulator({ faultsFile })).rejects.toThrow(`The file of faults ${faultsFile} cannot be used`);
    }
    rmSync(folder, { recursive: true });
  });

  it("tells its log of each answer without the key", async () => {
    const lines: string[] = [];
    const { ask } = await rig({ key: "canary", log: (line) => lines.push(line) });
    await ask("GET", "/vector_store");
    await ask("GET", "/vector_store/a");
    expect(lines.map((line) => line.replace(/ [\d.]+ ms$/u, ""))).toEqual([
      "GET /vector_store 200",
      "GET /vector_store/a 404",
    ]);
  });
});

describe("the control path", () => {
  it("does not exist unless asked for", async () => {
    const { emulator } = await rig();
    const response = await fetch(`${new URL(emulator.url).origin}/_emulator/journal`, {
      headers: { authorization: `Bearer ${emulator.key}` },
    });
    expect(response.status).toBe(404);
  });

  it("reads and clears the journal, adds and clears faults, all with the key", async () => {
    const { emulator, ask } = await rig({ control: true });
    const control = (method: string, path: string, body?: string, key = emulator.key): Promise<Response> =>
      fetch(`${new URL(emulator.url).origin}/_emulator/${path}`, {
        method,
        headers: {
          authorization: `Bearer ${key}`,
          ...(body === undefined ? {} : { "content-type": "application/json" }),
        },
        ...(body === undefined ? {} : { body }),
      });
    expect((await control("POST", "faults", '{"status":500,"operation":"listCollections"}')).status).toBe(204);
    expect((await ask("GET", "/vector_store")).status).toBe(500);
    expect((await control("DELETE", "faults")).status).toBe(204);
    expect((await ask("GET", "/vector_store")).status).toBe(200);
    const { journal } = (await (await control("GET", "journal")).json()) as { journal: { status: number }[] };
    expect(journal.map(({ status }) => status)).toEqual([500, 200]);
    await control("DELETE", "journal");
    expect(emulator.journal).toHaveLength(0);
    expect((await control("POST", "faults", '{"statuz":500}')).status).toBe(422);
    expect((await control("GET", "nothing")).status).toBe(404);
    expect((await control("GET", "journal", undefined, "wrong")).status).toBe(422);
  });
});
