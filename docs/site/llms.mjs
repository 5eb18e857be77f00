// llms.txt, the list of pages that programs read, and each page beside it as Markdown.
import { cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

/** Writes into the built site what its pages say, without HTML. @param groups the sidebar's. */
export function writeLlms(site, title, description, groups) {
  const dist = join(site, "dist");
  for (const name of readdirSync(site, { recursive: true, encoding: "utf8" })) {
    if (!name.endsWith(".md") || /^(?:dist|public|\.vitepress|reference)\//u.test(name)) continue;
    mkdirSync(dirname(join(dist, name)), { recursive: true });
    cpSync(join(site, name), join(dist, name));
  }
  const all = groups.map(({ text, items }) => ({
    text,
    items: items.flatMap((item) => [item, ...(item.items ?? [])]),
  }));
  const lists = all.map(({ text, items }) => `## ${text}\n\n${items.map((item) => lineOf(site, item)).join("\n")}\n`);
  writeFileSync(join(dist, "llms.txt"), `# ${title}\n\n> ${description}\n\n${lists.join("\n")}`);
  const texts = all.flatMap(({ items }) => items.map(({ link }) => readFileSync(fileOf(site, link), "utf8").trim()));
  writeFileSync(join(dist, "llms-full.txt"), `${texts.join("\n\n---\n\n")}\n`);
}

const fileOf = (site, link) => join(site, `${link.endsWith("/") ? `${link}index` : link}.md`);

/** A link, with the first sentence of what the page says. */
function lineOf(site, { text, link }) {
  const page = readFileSync(fileOf(site, link), "utf8").replace(/^---\n[^]*?\n---\n/u, "");
  const paragraph = page.split(/\n{2,}/u).find((block) => /^[\p{L}`[]/u.test(block) && !block.startsWith("```")) ?? "";
  const plain = paragraph.replaceAll(/\[([^\]]+)\]\([^)]*\)/gu, "$1").replaceAll(/\s+/gu, " ");
  const [sentence] = plain.match(/^.+?[.:](?= |$)/u) ?? [plain];
  return `- [${text}](${link}.md)${sentence === "" ? "" : `: ${sentence.replace(/:$/u, ".")}`}`;
}
