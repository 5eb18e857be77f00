import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { asker, type Rig } from "./support/http.js";

const PROGRAM = `
  const { startEmulator } = require(${JSON.stringify(join(__dirname, "../../../dist/local/emulator/index.js"))});
  startEmulator({ dataDir: process.argv[1], embeddings: "light" }).then(({ url, key }) => console.log(JSON.stringify({ url, key })));
`;

/** An emulator in a process of its own: the built one, since that is what a kill meets. */
async function start(dataDir: string): Promise<{ child: ChildProcess; ask: Rig["ask"] }> {
  const child = spawn(process.execPath, ["-e", PROGRAM, dataDir], { stdio: ["ignore", "pipe", "inherit"] });
  for await (const line of createInterface({ input: child.stdout })) {
    return { child, ask: asker(JSON.parse(line) as { url: string; key: string }) };
  }
  throw new Error("The emulator did not start");
}

it("a kill at any moment loses nothing that was answered", async () => {
  const dataDir = mkdtempSync(join(tmpdir(), "emulator-"));
  const answered = new Set<string>();
  try {
    for (let round = 0; round < 4; round++) {
      const { child, ask } = await start(dataDir);
      const ended = once(child, "exit");
      if (round === 0) await ask("POST", "/vector_store", { name: "a" });
      const kept = new Set((await ask("GET", "/vector_store/a/items")).body.items.map(({ id }) => id));
      expect([...answered].filter((id) => !kept.has(id))).toEqual([]);
      let more = 0;
      const writers = Array.from({ length: 4 }, async () => {
        for (;;) {
          const { body } = await ask("POST", "/vector_store/a/items", { content: `text ${answered.size}`.repeat(50) });
          answered.add(body.item.id);
          if (++more === 40 + round * 7) child.kill("SIGKILL");
        }
      });
      await Promise.allSettled(writers);
      await ended;
    }
    expect(answered.size).toBeGreaterThan(150);
  } finally {
    rmSync(dataDir, { recursive: true });
  }
});
