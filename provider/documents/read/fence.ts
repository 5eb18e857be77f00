/** What fences code in Markdown: more signs than it has itself in a row. */
export function fenceOf(code: string): string {
  const longest = code.includes("```")
    ? Math.max(...Array.from(code.matchAll(/`{3,}/gu), ([signs]) => signs.length))
    : 2;
  return "`".repeat(longest + 1);
}
