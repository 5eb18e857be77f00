/** Text of others in Markdown: no markup, no HTML, no table, nobody mentioned, no issue linked. */
export function plain(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(/[\\`*_{}[\]()#+!|~>-]/gu, (mark) => (mark === "-" ? mark : `\\${mark}`))
    .replaceAll("@", "@\u2060")
    .replaceAll(/https?:\/\//gu, (scheme) => scheme.replace(":", "&#58;"));
}
