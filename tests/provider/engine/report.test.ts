import { createReport } from "../../../provider/engine/report";

test("a report goes to the engine, as a notice unless told otherwise", async () => {
  const shown: unknown[] = [];
  const report = createReport(
    (line) => Promise.resolve(void shown.push(line)),
    () => undefined,
  );
  await report("a");
  await report("b", { urn: "urn:a", severity: "warning" });
  expect(shown).toEqual([
    { message: "a", urn: undefined, severity: "info" },
    { message: "b", urn: "urn:a", severity: "warning" },
  ]);
});

test.each([
  ["there is no engine", undefined],
  ["the engine does not take it", () => Promise.reject(new Error("unavailable"))],
])("where %s it is written as it is", async (_what, show) => {
  const written: string[] = [];
  await createReport(show, (line) => void written.push(line))("two\nlines");
  expect(written).toEqual(["two\nlines"]);
});
