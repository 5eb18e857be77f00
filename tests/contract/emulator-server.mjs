// Starts the built emulator for tools of other languages: prints its address and key as one line of JSON, and ends
// when its standard input does. It holds the collection that the document's examples name.
import { startEmulator } from "../../dist/local/emulator/index.js";

const emulator = await startEmulator({
  embeddings: "light",
  key: "contract",
  // What no description of shapes can say: which names are taken, and which models there are.
  like: { takenName: "suffix", unknownModel: "answered", unknownVoice: "spoken", openModelList: false },
});
const post = (path, body) =>
  fetch(emulator.url + path, {
    method: "POST",
    headers: { authorization: `Bearer ${emulator.key}`, "content-type": "application/json" },
    body: JSON.stringify(body),
  });
await post("/vector_store", { name: "docs" });
await post("/vector_store/docs/items", { content: "Zebras eat grass." });
process.stdout.write(`${JSON.stringify({ url: emulator.url, key: emulator.key })}\n`);
process.stdin.resume().on("end", () => void emulator.close());
