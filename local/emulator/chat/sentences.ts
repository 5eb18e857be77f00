const LONGEST = 400;

/** The sentences of a document that read well on their own: no code, no headings, no tables. */
export function sentencesOf(content: string): string[] {
  const prose = content
    .replace(/^(```|~~~)[^]*?^\1.*$/gm, "")
    .replace(/^(#{1,6} .*|\|.*|[-=]{3,})$/gm, "\n")
    .replace(/^\s*(?:[-*+]|\d+\.)\s+/gm, "\n\n")
    .replace(/\[([^\]]*)\]\([^)]*\)/g, "$1")
    .replace(/[*_]{2}/g, "");
  return prose
    .split(/\n\s*\n/)
    .flatMap((paragraph) =>
      paragraph
        .replace(/\s+/g, " ")
        .trim()
        .split(/(?<=[.!?…。！？]["')\]]?)\s+(?=\S)/),
    )
    .filter((sentence) => /\p{L}/u.test(sentence) && sentence.length <= LONGEST);
}
