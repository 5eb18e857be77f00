/**
 * The code of a system error: `ENOENT`, `SQLITE_BUSY`. Not by `instanceof Error`, which is false for Node's own errors
 * where a test runner gives each file its own globals.
 */
export function errorCode(error: unknown): string | undefined {
  const code = typeof error === "object" && error !== null && "code" in error ? error.code : undefined;
  return typeof code === "string" ? code : undefined;
}
