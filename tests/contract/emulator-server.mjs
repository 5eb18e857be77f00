// Starts the built emulator for tools of other languages: prints its address and key as one line of JSON, and ends
// when its standard input does.
import { startEmulator } from "../../dist/local/emulator/index.js";

const emulator = await startEmulator({ embeddings: "light", key: "contract" });
process.stdout.write(`${JSON.stringify({ url: emulator.url, key: emulator.key })}\n`);
process.stdin.resume().on("end", () => void emulator.close());
