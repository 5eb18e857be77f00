const NUMBERED = /:(rfc|pep):`(?!!)([^`<]*)`/gu;
const ROLE = /:[\w:+.-]+:`(?:!|~(?:[^`<]*\.)?)?([^`<]*?)(?:\s*<[^`>]*>)?`/gu;
const LINK = /`([^`<]+?)\s*<[^`>]*>`__?/gu;
const REFERENCE = /(?<![\w`])`([^`]+)`__?(?!\w)/gu;
const TARGET = /_`([^`]+)`/gu;
const FOOTNOTE = /\s?\[[#*][\w-]*\]_/gu;

/** A text as it reads: what a role or a link shows, without their signs. */
export function plain(text: string): string {
  if (!/[`\\[]/u.test(text)) return text;
  const shown = text
    .replace(NUMBERED, (_, kind: string, number: string) => `${kind.toUpperCase()} ${number}`)
    .replace(ROLE, "$1")
    .replace(LINK, "$1")
    .replace(REFERENCE, "$1")
    .replace(TARGET, "$1")
    .replace(FOOTNOTE, "");
  // A sign behind a backslash is itself, and white space nothing; but for code.
  return shown.replace(/(``.*?``)|\\\n\s*|\\\s|\\(\S)/gsu, (_, code?: string, sign?: string) => code ?? sign ?? "");
}
