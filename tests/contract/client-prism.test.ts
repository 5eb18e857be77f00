/**
 * The client and the emulator with a validating proxy between them, which fails each request and each answer that the
 * API's description does not allow. Prism is large, so it is no dependency: PRISM names its command;
 * `tests/contract/client-prism.sh` sets it.
 */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { startEmulator, type Emulator } from "../../local/emulator/index.js";
import { type Client, closeConnections, createClient } from "../../provider/client/index.js";
import { freePort } from "../support/free-port.js";
import { type Made, steps } from "./client-roundtrip.js";

const prism = process.env["PRISM"];

(prism === undefined ? describe.skip : describe)("through Prism", () => {
  let emulator: Emulator;
  let proxy: ChildProcess;
  let client: Client;
  const violations: string[] = [];
  const made: Made = { collection: "", items: [] };

  beforeAll(async () => {
    emulator = await startEmulator({ embeddings: "light" });
    const port = await freePort();
    const document = join(__dirname, "../../docs/openapi.yaml");
    proxy = spawn(prism ?? "", ["proxy", document, emulator.url, "--errors", "-h", "127.0.0.1", "-p", String(port)], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    await new Promise<void>((resolve) => {
      createInterface({ input: proxy.stdout! }).on("line", (line) => {
        if (line.includes("Prism is listening")) resolve();
        if (/violation|terminated with error/iu.test(line)) violations.push(line);
      });
    });
    client = createClient({ apiKey: emulator.key, baseUrl: `http://127.0.0.1:${port}`, maxRetries: 0 });
  });

  afterAll(async () => {
    await closeConnections();
    proxy.kill();
    await once(proxy, "exit");
    await emulator.close();
  });

  test.each(steps)("%s", async (_, step) => {
    await step(client, made);
  });

  test("neither side has violated the description", () => {
    expect(violations).toEqual([]);
  });
});
