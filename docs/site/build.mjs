// Makes a site of the docs, with a home of its own, a reference of every export and a page for each example.
//   npm run site              into .local/site/dist
//   npm run site -- --serve   and shows it on this machine
import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build, serve } from "vitepress";
import { prepare } from "../../cli/prepare.mjs";
import { NPM, REPOSITORY, VULTR } from "./address.mjs";
import { relinked } from "./links.mjs";
import { writeLlms } from "./llms.mjs";
import { writeReference } from "./reference.mjs";
import { GUIDES, PROJECT, RESOURCES } from "./sidebar.mjs";

const HERE = dirname(fileURLToPath(import.meta.url));
const ROOT = join(HERE, "../..");
const SITE = join(ROOT, ".local/site");
const TOP = {
  "docs/site/home.md": "index",
  CONTRIBUTING: "contributing",
  SECURITY: "security",
  CHANGELOG: "changelog",
};

/** What is shown of an example; the rest is a package's usual. */
const SHOWN = /\.(ts|ya?ml|md|csv|py|go|html)$|Dockerfile$/u;

prepare();
rmSync(SITE, { recursive: true, force: true });
mkdirSync(join(SITE, "public"), { recursive: true });
writePages();
const examples = writeExamples();
const reference = await writeReference(ROOT, join(SITE, "reference"));
writeConfig();
await build(SITE);
const { title, description } = JSON.parse(readFileSync(join(SITE, ".vitepress/site.json"), "utf8"));
writeLlms(SITE, title, description, [...sections(), PROJECT]);
console.log("The site is in .local/site/dist.");
if (process.argv.includes("--serve")) await serve({ root: SITE, base: "/", port: 4173 });

/** The pages as GitHub shows them, with the links that lead elsewhere on a site. */
function writePages() {
  for (const name of readdirSync(join(ROOT, "docs"), { recursive: true, encoding: "utf8" })) {
    const path = join(ROOT, "docs", name);
    if (/^[^/]+\.(?:json|yaml)$/u.test(name)) cpSync(path, join(SITE, "public", name));
    if (name.endsWith(".md") && !name.startsWith("site/")) write(name, `docs/${name}`);
  }
  for (const [page, name] of Object.entries(TOP)) {
    write(`${name}.md`, page.endsWith(".md") ? page : `${page}.md`);
  }
  cpSync(join(ROOT, "docs/images"), join(SITE, "public/images"), { recursive: true });
  const license = readFileSync(join(ROOT, "LICENSE"), "utf8");
  writeFileSync(join(SITE, "license.md"), `# License\n\n\`\`\`text\n${license}\`\`\`\n`);
}

/** A page, which remembers where it is edited. */
function write(name, path) {
  const text = readFileSync(join(ROOT, path), "utf8");
  mkdirSync(dirname(join(SITE, name)), { recursive: true });
  writeFileSync(join(SITE, name), withEdit(relinked(text, path), path));
}

function withEdit(text, path) {
  if (REPOSITORY === undefined) return text;
  const line = `edit: ${REPOSITORY}/edit/main/${path}\n`;
  return text.startsWith("---\n") ? text.replace("---\n", `---\n${line}`) : `---\n${line}---\n\n${text}`;
}

/** A page for each example, with its files. @returns their names. */
function writeExamples() {
  mkdirSync(join(SITE, "examples"));
  const tracked = execFileSync("git", ["ls-files", "examples"], { cwd: ROOT, encoding: "utf8" }).trim().split("\n");
  const names = readdirSync(join(ROOT, "examples"));
  for (const name of names) {
    const files = tracked.filter(
      (path) => path.startsWith(`examples/${name}/`) && SHOWN.test(path) && !path.includes("/docs/"),
    );
    const sections = files.map((path) => {
      const text = readFileSync(join(ROOT, path), "utf8").replaceAll("```", "~~~");
      const language = path.endsWith("Dockerfile") ? "docker" : path.split(".").at(-1);
      return `## ${path.slice(`examples/${name}/`.length)}\n\n\`\`\`${language}\n${text.trimEnd()}\n\`\`\`\n`;
    });
    writeFileSync(join(SITE, `examples/${name}.md`), `# Example: ${name}\n\n${sections.join("\n")}`);
  }
  return names;
}

/** The sidebar without the reference of each export. */
function sections() {
  return GUIDES.map(({ text, items }) => ({
    text,
    items: items.map((item) => (item.link === "/resources" ? { ...item, collapsed: true, items: RESOURCES } : item)),
  }));
}

function writeConfig() {
  mkdirSync(join(SITE, ".vitepress/theme"), { recursive: true });
  cpSync(join(HERE, "config.mjs"), join(SITE, ".vitepress/config.mjs"));
  cpSync(join(HERE, "theme.css"), join(SITE, ".vitepress/theme/theme.css"));
  writeFileSync(
    join(SITE, ".vitepress/theme/index.mjs"),
    'import theme from "vitepress/theme";\nimport "./theme.css";\n\nexport default theme;\n',
  );
  const shown = [
    ...sections(),
    { text: "Every export", items: [{ text: "All modules", link: "/reference/" }] },
    { text: "Examples", collapsed: true, items: examples.map((text) => ({ text, link: `/examples/${text}` })) },
    { ...PROJECT, collapsed: true },
  ];
  const { description } = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8"));
  const addresses = { repository: REPOSITORY, npm: NPM, vultr: VULTR };
  const site = { title: "pulumi-vultr-inference", description, addresses, sidebar: shown, reference };
  writeFileSync(join(SITE, ".vitepress/site.json"), JSON.stringify(site));
}
