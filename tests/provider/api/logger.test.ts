import { createLog, LOG_LEVELS, type LogLevel } from "../../../provider/api/logger";

function linesAt(level: LogLevel): string[] {
  const lines: string[] = [];
  const log = createLog(
    level,
    (text) => text,
    (line) => lines.push(line),
  );
  for (const own of LOG_LEVELS) log[own]("text");
  return lines.map((line) => line.split(" ")[1] ?? "");
}

test.each<[LogLevel, string[]]>([
  ["error", ["error:"]],
  ["warn", ["error:", "warn:"]],
  ["info", ["error:", "warn:", "info:"]],
  ["debug", ["error:", "warn:", "info:", "debug:"]],
])("at the level %s it writes %j", (level, written) => {
  expect(linesAt(level)).toEqual(written);
});
