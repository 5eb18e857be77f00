import { closeAll, rig, type Rig } from "./support/http.js";

afterEach(closeAll);

async function speak({ emulator }: Rig, input: string, voice: string): Promise<{ status: number; type: string | null; audio: Buffer }> {
  const response = await fetch(`${emulator.url}/audio/speech`, {
    method: "POST",
    headers: { authorization: `Bearer ${emulator.key}`, "content-type": "application/json" },
    body: JSON.stringify({ model: "bark-small", input, voice }),
  });
  return { status: response.status, type: response.headers.get("content-type"), audio: Buffer.from(await response.arrayBuffer()) };
}

/** Seconds of a WAV file whose header must be true. */
function seconds(audio: Buffer): number {
  expect([audio.toString("latin1", 0, 4), audio.toString("latin1", 8, 16), audio.readUInt32LE(4), audio.readUInt32LE(40)]).toEqual(["RIFF", "WAVEfmt ", audio.length - 8, audio.length - 44]);
  return (audio.length - 44) / audio.readUInt32LE(28);
}

describe("speech", () => {
  it("is the same WAV for the same text and another for another voice", async () => {
    const test = await rig();
    const { data: voices } = (await test.ask("GET", "/audio/voices")).body;
    expect(voices.length).toBeGreaterThan(3);
    const audios = new Set<string>();
    for (const { id: voice } of voices) {
      const [first, second] = [await speak(test, "Hello world.", voice), await speak(test, "Hello world.", voice)];
      expect([first.status, first.type]).toEqual([200, "audio/wav"]);
      expect(first.audio.equals(second.audio)).toBe(true);
      expect(seconds(first.audio)).toBeGreaterThan(0.5);
      audios.add(first.audio.toString("latin1"));
    }
    expect(audios.size).toBe(voices.length);
  });

  it("takes voices it does not know, long texts and odd signs", async () => {
    const test = await rig();
    const once = seconds((await speak(test, "One sentence of some words.", "es_speaker_9")).audio);
    expect(seconds((await speak(test, "One sentence of some words. ".repeat(20), "es_speaker_9")).audio)).toBeGreaterThan(once * 15);
    for (const input of ["\u0000", "…", "你好 🦄", " ", "--help", "x".repeat(500), " ".repeat(2_000)]) expect((await speak(test, input, "kal")).status).toBe(200);
  });

  it.each([
    [{ input: "" }, "input: must not be empty"],
    [{ input: "x".repeat(2_001) }, "input: must have at most 2000 characters"],
    [{ voice: undefined }, "voice: is required"],
  ])("refuses %j", async (more, message) => {
    const { ask } = await rig();
    const { status, body } = await ask("POST", "/audio/speech", { model: "m", input: "x", voice: "kal", ...more });
    expect([status, body.message]).toEqual([422, message]);
  });

  it("names its models", async () => {
    const { ask } = await rig();
    expect((await ask("GET", "/audio/models")).body.data.map(({ id }) => id)).toEqual(["bark-small"]);
    expect((await ask("GET", "/models")).body.data.length).toBeGreaterThan(2);
  });
});
