import { closeAll, rig, type Rig } from "./support/http.js";

afterEach(closeAll);

async function speak(
  { emulator }: Rig,
  input: string,
  voice: string,
): Promise<{ status: number; type: string | null; audio: Buffer }> {
  const response = await fetch(`${emulator.url}/audio/speech`, {
    method: "POST",
    headers: { authorization: `Bearer ${emulator.key}`, "content-type": "application/json" },
    body: JSON.stringify({ model: "bark-small", input, voice }),
  });
  return {
    status: response.status,
    type: response.headers.get("content-type"),
    audio: Buffer.from(await response.arrayBuffer()),
  };
}

/** Seconds of a WAV file whose header must be true. */
function seconds(audio: Buffer): number {
  expect([
    audio.toString("latin1", 0, 4),
    audio.toString("latin1", 8, 16),
    audio.readUInt32LE(4),
    audio.readUInt32LE(40),
  ]).toEqual(["RIFF", "WAVEfmt ", audio.length - 8, audio.length - 44]);
  return (audio.length - 44) / audio.readUInt32LE(28);
}

describe("speech", () => {
  it("is the same WAV for the same text and another for another voice", async () => {
    const test = await rig();
    const voices = (await test.ask("GET", "/audio/voices")).body.data.map(({ id }) => id);
    expect(voices.length).toBeGreaterThan(3);
    const audios = new Set<string>();
    for (const voice of voices) {
      const [first, second] = [await speak(test, "Hello world.", voice), await speak(test, "Hello world.", voice)];
      expect([first.status, first.type]).toEqual([200, "audio/wav"]);
      expect(first.audio.equals(second.audio)).toBe(true);
      expect(seconds(first.audio)).toBeGreaterThan(0.5);
      audios.add(first.audio.toString("latin1"));
    }
    expect(audios.size).toBe(voices.length);
  });

  it("refuses voices and models that are not in their lists, and takes them where the API is said to do so", async () => {
    const { ask } = await rig();
    for (const voice of ["nobody", "__proto__", "constructor"]) {
      const { status, body } = await ask("POST", "/audio/speech", { model: "bark-small", input: "x", voice });
      expect([status, body.message]).toEqual([
        422,
        `voice: "${voice}" is not available; the list names those that are`,
      ]);
    }
    const { body } = await ask("POST", "/audio/speech", { model: "gone-1", input: "x" });
    expect(body.message).toBe('model: "gone-1" is not available; the list names those that are');
    const lenient = await rig({ like: { unknownModel: "answered", unknownVoice: "spoken", voiceList: "voices" } });
    expect((await speak(lenient, "x", "__proto__")).status).toBe(200);
    expect((await lenient.ask("GET", "/audio/voices")).body.voices).toContainEqual({ voice: "slt" });
  });

  it("needs no voice, takes null for it, and says in the header what it sent", async () => {
    const { emulator } = await rig();
    const form = async (more: object): Promise<[string | null, string]> => {
      const response = await fetch(`${emulator.url}/audio/speech`, {
        method: "POST",
        headers: { authorization: `Bearer ${emulator.key}`, "content-type": "application/json" },
        body: JSON.stringify({ model: "bark-small", input: "One.", ...more }),
      });
      return [response.headers.get("content-type"), Buffer.from(await response.arrayBuffer()).toString("latin1", 0, 4)];
    };
    expect(await form({ voice: null, speed: 1.5, language: "en", instructions: "calmly" })).toEqual([
      "audio/wav",
      "RIFF",
    ]);
    expect(await form({ response_format: "pcm" })).toEqual(["audio/pcm", expect.not.stringMatching("RIFF")]);
  });

  it("takes long texts and odd signs, and voices it does not know where told so", async () => {
    const test = await rig({ like: { unknownVoice: "spoken" } });
    const once = seconds((await speak(test, "One sentence of some words.", "es_speaker_9")).audio);
    expect(
      seconds((await speak(test, "One sentence of some words. ".repeat(20), "es_speaker_9")).audio),
    ).toBeGreaterThan(once * 15);
    for (const input of ["\u0000", "…", "你好 🦄", " ", "--help", "x".repeat(500), " ".repeat(2_000)])
      expect((await speak(test, input, "kal")).status).toBe(200);
  });

  it.each([
    [{ input: "" }, "input: must not be empty"],
    [{ input: "x".repeat(2_001) }, "input: must have at most 2000 characters"],
    [{ response_format: "midi" }, "response_format: must be one of mp3, opus, flac, wav, pcm"],
  ])("refuses %j", async (more, message) => {
    const { ask } = await rig();
    const { status, body } = await ask("POST", "/audio/speech", {
      model: "bark-small",
      input: "x",
      voice: "kal",
      ...more,
    });
    expect([status, body.message]).toEqual([422, message]);
  });

  it("names its models", async () => {
    const { ask } = await rig();
    expect((await ask("GET", "/audio/models")).body.data.map(({ id }) => id)).toEqual(["bark-small"]);
    // Without a key, as the live API.
    const { data } = (await ask("GET", "/models", undefined, { authorization: "" })).body;
    expect(data).toContainEqual(
      expect.objectContaining({
        id: "glm-5.3",
        output_modalities: ["text"],
        reasoning: true,
        is_ready: true,
        pricing: { prompt: "0.60", completion: "2.20" },
      }),
    );
    expect((await ask("GET", "/models/glm-5.3")).body).toEqual(data[0]);
    expect((await ask("GET", "/models/gone-1")).status).toBe(404);
  });

  it("names them as in 2025, only for a key, and not those for speech, where the API is said to do so", async () => {
    const { ask } = await rig({ like: { modelList: "2025", openModelList: false, audioModels: false, logs: false } });
    expect((await ask("GET", "/models", undefined, { authorization: "" })).status).toBe(401);
    expect((await ask("GET", "/models")).body.data[0]).toMatchObject({
      object: "model",
      owned_by: "emulator",
      features: ["chat", "rag"],
    });
    expect((await ask("GET", "/audio/models")).status).toBe(404);
    expect((await ask("POST", "/logs", { period: 15 })).status).toBe(404);
  });
});
