import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { watchFolder } from "../../../cli/try/watch.js";

const folder = mkdtempSync(join(tmpdir(), "watch-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test("a folder is deployed again when something in it is saved, never twice at once, until it is stopped", async () => {
  mkdirSync(join(folder, "deep"));
  const stop = new AbortController();
  let running = 0;
  let deployed: () => void = () => undefined;
  const next = (): Promise<void> => new Promise((resolve) => (deployed = resolve));
  const ended = watchFolder(
    folder,
    async () => {
      running++;
      expect(running).toBe(1);
      await new Promise((resolve) => setImmediate(resolve));
      running--;
      deployed();
    },
    stop.signal,
  );
  const first = next();
  writeFileSync(join(folder, "a.md"), "One.");
  await first;
  const second = next();
  writeFileSync(join(folder, "deep/b.md"), "Two.");
  await second;
  stop.abort();
  await ended;
});
