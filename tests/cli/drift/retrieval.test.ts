import { askTest } from "../../../cli/drift/retrieval";
import { startEmulator } from "../../../local/emulator/index";
import { createClient } from "../../../provider/client/index";

it("tells of an answer to secret questions nothing but its status", async () => {
  const emulator = await startEmulator({ embeddings: "light" });
  const known: Record<string, string> = { apiKey: emulator.key, baseUrl: emulator.url };
  const cases = [{ query: "Where is the gold?", expect: { text: "below the stairs" } }];
  const asked = (confidential: boolean): Promise<unknown> =>
    askTest({ collectionId: "kb", revision: "1", cases, confidential }, (key) => {
      return known[key.replace(/^.*:/u, "")];
    }).catch((error: unknown) => (error as Error).message);
  try {
    const { id } = await createClient({ apiKey: emulator.key, baseUrl: emulator.url }).collections.create({
      name: "kb",
    });
    expect(id).toBe("kb");
    emulator.faults.add({
      operation: "searchCollection",
      status: 400,
      body: { message: "No gold below these stairs." },
    });
    expect(await asked(false)).toContain("stairs");
    expect(await asked(true)).toMatch(/^(?!.*stairs).*answered 400/u);
  } finally {
    await emulator.close();
  }
});
