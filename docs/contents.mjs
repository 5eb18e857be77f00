// Writes into the README the pages of the docs, in the order of the site's sidebar: `npm run docs`.
// With `--check` it only says whether the list is as it must be.
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { GUIDES, RESOURCES } from "./site/sidebar.mjs";

const FOLDER = dirname(fileURLToPath(import.meta.url));
const PAGE = join(FOLDER, "../README.md");

const lists = GUIDES.map(({ text, items }) => {
  const links = items.map(({ text: name, link }) => `[${name}](docs${link}.md)`);
  return `**${text}**:\n${links.join(" ·\n")}`;
});
const before = readFileSync(PAGE, "utf8");
const after = before.replace(
  /(<!-- pages -->\n)[^]*?(<!-- end -->)/u,
  (_, start, end) => `${start}${lists.join("\n\n")}\n${end}`,
);

const listed = [...GUIDES.flatMap(({ items }) => items), ...RESOURCES].map(({ link }) => `${link.slice(1)}.md`);
const pages = ["", "resources/"].flatMap((folder) =>
  readdirSync(join(FOLDER, folder)).flatMap((name) => (name.endsWith(".md") ? [`${folder}${name}`] : [])),
);
const missing = pages.filter((page) => !listed.includes(page));
if (missing.length > 0) throw new Error(`docs/site/sidebar.mjs has no line for: ${missing.join(", ")}.`);
if (!process.argv.includes("--check")) writeFileSync(PAGE, after);
else if (after !== before) throw new Error('The pages in README.md are not those of the sidebar: run "npm run docs".');
