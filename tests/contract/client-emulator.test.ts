/** The client against the emulator: two implementations of one description that know nothing of each other. */
import { startEmulator, type Emulator } from "../../local/emulator/index.js";
import { type Client, closeConnections, createClient } from "../../provider/client/index.js";
import { type Made, steps } from "./client-roundtrip.js";

let emulator: Emulator;
let client: Client;
const made: Made = { collection: "", items: [] };

beforeAll(async () => {
  emulator = await startEmulator({ embeddings: "light" });
  client = createClient({ apiKey: emulator.key, baseUrl: emulator.url });
});

afterAll(async () => {
  await closeConnections();
  await emulator.close();
});

test.each(steps)("%s", async (_, step) => {
  await step(client, made);
});

test("a wrong key is told as one", async () => {
  const stranger = createClient({ apiKey: "another-key", baseUrl: emulator.url });
  await expect(stranger.collections.list()).rejects.toMatchObject({ code: "authentication", status: 422 });
});

test("a base URL without its path is told as one", async () => {
  const astray = createClient({ apiKey: emulator.key, baseUrl: new URL(emulator.url).origin });
  await expect(astray.collections.list()).rejects.toMatchObject({ code: "base_url" });
});
