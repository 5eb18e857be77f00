import { createLog } from "../../provider/log";

function linesAt(level: string | undefined): string[] {
  const lines: string[] = [];
  const log = createLog(level, (line) => lines.push(line));
  for (const own of ["error", "warn", "info", "debug"] as const) log[own]("text");
  return lines.map((line) => line.split(" ")[1] ?? "");
}

test.each([
  ["error", ["error:"]],
  ["warn", ["error:", "warn:"]],
  ["info", ["error:", "warn:", "info:"]],
  ["debug", ["error:", "warn:", "info:", "debug:"]],
  [undefined, ["error:", "warn:"]],
  ["loud", ["error:", "warn:"]],
])("at the level %s it writes %j", (level, written) => {
  expect(linesAt(level)).toEqual(written);
});
