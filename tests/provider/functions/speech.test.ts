import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { speech, type SpeechArgs, type SpeechFileResult } from "../../../provider/functions/speech";
import { Places } from "../../../provider/ownership/place";
import { emulated } from "../emulated";

let api: Awaited<ReturnType<typeof emulated>>;
let folder: string;
beforeAll(async () => void (api = await emulated()));
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "vultr-inference-speech-"));
  api.calls();
  api.emulator.faults.clear();
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));
afterAll(() => api.emulator.close());

const hello: SpeechArgs = { model: "bark-small", voice: "kal16", input: "Hello." };
const said = (args: SpeechArgs): Promise<SpeechFileResult> => speech.run(api, args) as Promise<SpeechFileResult>;
const spoken = (): number => api.calls().filter((operation) => operation === "createSpeech").length;

test("speech is the audio in Base64 and its media type", async () => {
  const { audio, mediaType, ...more } = await said(hello);
  expect(Buffer.from(audio, "base64").toString("latin1", 0, 4)).toBe("RIFF");
  expect([mediaType, more]).toEqual(["audio/wav", {}]);
});

test("how long a text may be is left to the model, and without a voice none is looked for", async () => {
  api.emulator.faults.add({
    operation: "createSpeech",
    status: 422,
    body: { message: "input: at most 2000 characters" },
  });
  await expect(said({ model: hello.model, input: "🦉".repeat(2_001) })).rejects.toThrow(
    'answered 422 "input: at most 2000 characters"',
  );
  expect(api.calls()).toEqual(["createSpeech"]);
});

test("an unknown voice is refused before anything is charged, with the voices that there are", async () => {
  await expect(said({ ...hello, voice: "nobody" })).rejects.toThrow(
    "speech: voice must be one of those that the API has today, es_speaker_1, awb, kal, kal16, rms, slt, but is " +
      '"nobody".',
  );
  expect(api.calls()).toEqual(["listVoices"]);
});

test("where the API lists no voices at all, it is left to say what it makes of one", async () => {
  api.emulator.faults.add({ operation: "listVoices", status: 200, body: { voices: [] } });
  await expect(said({ ...hello, voice: "es_speaker_1" })).resolves.toMatchObject({ mediaType: "audio/wav" });
});

describe("Speech in a file", () => {
  const file = (): string => join(folder, "audio/hello.wav");
  const args = (more: Partial<SpeechArgs> = {}): SpeechArgs => ({ ...hello, file: file(), ...more });

  test("is written whole, in a folder that is made for it, beside a note, and is an asset", async () => {
    const result = await said(args());
    expect(readFileSync(file()).toString("base64")).toBe(result.audio);
    expect(readdirSync(join(folder, "audio")).sort()).toEqual(["hello.wav", "hello.wav.vultr-inference.json"]);
    expect(result.file).toBe(file());
    await expect(result.asset.path).resolves.toBe(file());
  });

  test("is not spoken again as long as nothing has changed, and nobody is asked", async () => {
    const first = await said(args());
    api.calls();
    const second = await said(args());
    expect(api.calls()).toEqual([]);
    expect({ ...second, asset: undefined }).toEqual({ ...first, asset: undefined });
    await expect(speech.recorded?.(api, args())).resolves.toMatchObject({ audio: first.audio });
  });

  test.each<[string, () => Partial<SpeechArgs> | undefined]>([
    ["the text", () => ({ input: "Goodbye." })],
    ["the voice", () => ({ voice: "kal" })],
    ["the model", () => ({ model: "glm-5.3" })],
    ["the file itself", () => (writeFileSync(file(), "something else"), {})],
    ["the note, which is gone", () => (rmSync(`${file()}.vultr-inference.json`), {})],
    ["the note, which is no note", () => (writeFileSync(`${file()}.vultr-inference.json`, "{"), {})],
    ["the file, which is gone", () => (rmSync(file()), {})],
  ])("is spoken again when something has changed: %s", async (_what, change) => {
    await said(args());
    const changed = args(change());
    await expect(speech.recorded?.(api, changed)).resolves.toBeUndefined();
    api.calls();
    const { audio } = await said(changed);
    expect(spoken()).toBe(1);
    expect(readFileSync(file()).toString("base64")).toBe(audio);
  });

  test("is spoken again for another API: the emulator's voice is not the live one", async () => {
    await said(args());
    await expect(
      speech.recorded?.(
        { ...api, places: new Places({ origin: "https://api.vultrinference.com", account: "" }) },
        args(),
      ),
    ).resolves.toBeUndefined();
  });

  test("is spoken once for two calls at the same time", async () => {
    await Promise.all([said(args()), said(args())]);
    expect(spoken()).toBe(1);
  });

  test("stays as it was when the API fails, and nothing half-written stays behind", async () => {
    const { audio } = await said(args());
    api.emulator.faults.add({ operation: "createSpeech", status: 500 });
    await expect(said(args({ input: "Goodbye." }))).rejects.toThrow("500");
    expect(readFileSync(file()).toString("base64")).toBe(audio);
    expect(readdirSync(join(folder, "audio"))).toHaveLength(2);
  });

  test.each<[string, string, () => void]>([
    ["a folder", "taken", () => mkdirSync(join(folder, "taken"))],
    ["below a file", "file/hello.wav", () => writeFileSync(join(folder, "file"), "")],
  ])("that cannot be written is refused before anything is charged: %s", async (_what, name, prepare) => {
    prepare();
    const path = join(folder, name);
    await expect(said({ ...hello, file: path })).rejects.toThrow("speech: file cannot be written (");
    expect(spoken()).toBe(0);
  });
});
