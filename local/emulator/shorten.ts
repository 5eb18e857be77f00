/** The longest default description, in characters. The live API's own length is unknown. */
const LENGTH = 100;

/** The default description of a content: its beginning on one line, cut at a word, with a sign that it was cut. */
export function shorten(content: string): string {
  const line = content.replace(/\s+/g, " ").trim();
  if (line.length <= LENGTH) return line;
  const cut = Array.from(line)
    .slice(0, LENGTH - 1)
    .join("");
  const lastSpace = cut.lastIndexOf(" ");
  return `${(lastSpace > LENGTH / 2 ? cut.slice(0, lastSpace) : cut).trimEnd()}…`;
}
