/** Code spans and escapes, in which nothing is hidden, and comments. */
const COMMENTS = /(?<!`)(`+)(?!`)[^]*?(?<!`)\1(?!`)|\\[^]|<!--(?:>|->|[^]*?-->)/gu;

/** What a line of source shows on a page: without comments, and without files that are written out as data URIs. */
export function visible(source: string): string {
  let text = source;
  if (text.includes("<!--")) text = tidied(text.replace(COMMENTS, (match) => (match.startsWith("<!--") ? "" : match)));
  if (!text.includes("data:")) return text;
  return text.replace(/\(\s*<?data:[^\s)>]*>?/giu, "(").replace(/(=\s*["'])data:[^"']*/giu, "$1");
}

/** Without the lines and the double spaces that something taken out leaves behind. */
export function tidied(text: string): string {
  return text
    .replace(/(\S) {2,}(?=\S)/gu, "$1 ")
    .replace(/[^\S\n]+$/gmu, "")
    .replace(/\n{2,}/gu, "\n");
}

/** So long badges go on, in characters. */
const LONGEST = 10_000;

const LINKED_IMAGE = /\[!\[[^\]]*\](?:\([^)]*\)|\[[^\]]*\])\](?:\([^)]*\)|\[[^\]]*\])/gu;

const BADGE = /badge|shields\.io/iu;
const IMAGE = /!\[[^\]]*\](?:\([^)]*\)|\[[^\]]*\])/gu;

const RETURN =
  /^[^\p{L}[]*\[[^\p{L}\]]*(?:back to|to the|return to)? ?(?:the )?(?:top|toc|contents)[^\p{L}\]]*\]\(#[^)\s]*\)\P{L}*$/iu;

/** Whether a paragraph shows no text: anchors and breaks, a row of badges, or a link back to the top. */
export function isTextless(text: string): boolean {
  if (text.length < 120 && text.includes("](#") && RETURN.test(text)) return true;
  const [first] = text.trimStart();
  if (text.length > LONGEST || (first !== "<" && first !== "[" && first !== "!")) return false;
  const images = text.match(LINKED_IMAGE) ?? [];
  const isBadges = images.length > 1 || images.some((image) => BADGE.test(image));
  const rest = isBadges
    ? text.replace(LINKED_IMAGE, "").replace(IMAGE, (image) => (BADGE.test(image) ? "" : image))
    : text;
  return rest.replace(/<\/?[a-z](?![^>]*\balt=)[^>]*>/giu, "").trim() === "";
}

/** An id or attributes behind a heading, and a link to itself, which are no part of its title. */
export function withoutAnchors(title: string): string {
  return title.replace(/\s*\{:?\s*[#.][^{}]*\}\s*$/u, "").replace(/\s*\[(?:¶|#|🔗)?\]\(#[^)\s]*\)\s*$/u, "");
}
