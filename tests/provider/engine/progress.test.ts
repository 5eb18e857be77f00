import type { Logger } from "../../../provider/client/index";
import { createProgress } from "../../../provider/engine/progress";

let now = 0;
let lines: string[] = [];
beforeEach(() => {
  now = 0;
  lines = [];
});
const silent = (): void => undefined;
const log: Logger = { error: silent, warn: silent, info: (message) => void lines.push(message), debug: silent };
const clock = { now: () => now };
const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

test("without an engine, one line in 30 seconds is written", () => {
  const status = createProgress(undefined, { clock, log });
  status("a");
  now = 29_999;
  status("b");
  now = 30_000;
  status("c");
  expect(lines).toEqual(["a", "c"]);
});

test("an engine that cannot show them fails nothing: lines are written instead", async () => {
  const status = createProgress(() => Promise.reject(new Error("unavailable")), { clock, log });
  status("a");
  status("b");
  await settled();
  expect(lines).toEqual(["a"]);
});

test("a line passes, and may be about a resource", async () => {
  const shown: unknown[] = [];
  const status = createProgress((line) => Promise.resolve(void shown.push(line)), { clock, log });
  status("half of it", "urn:a");
  await settled();
  expect({ shown, lines }).toEqual({
    shown: [{ message: "half of it", urn: "urn:a", severity: "info", passing: true }],
    lines: [],
  });
});
