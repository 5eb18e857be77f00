import { Progress } from "../../../../provider/resources/documents/sync/progress";

test("progress is shown once a second, with the pace and the time that is left", () => {
  let now = 0;
  const shown: string[] = [];
  const context = {
    clock: { now: () => now, sleep: () => Promise.resolve() },
    progress: (line: string, urn?: string) => void shown.push(`${urn}: ${line}`),
  };
  const progress = new Progress(context, 9_800, "chunk", "", "urn");
  for (let index = 0; index < 1_240; index++) {
    now += 1000 / 38;
    progress.step();
  }
  expect(shown).toHaveLength(33);
  expect(shown[0]).toBe("urn: 0 of 9,800 chunks");
  expect(shown.at(-1)).toMatch(/^urn: 1,2\d\d of 9,800 chunks, 38\/s, about 4 min left$/u);
  const one = new Progress(context, 1, "old chunk", " deleted", "urn");
  one.step();
  expect(shown.at(-1)).toBe("urn: 1 of 1 old chunk deleted");
});
