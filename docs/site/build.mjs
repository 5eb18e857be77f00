// Makes a site of the docs, with a reference of every export and a page for each example.
//   npm run site              into .local/site/dist
//   npm run site -- --serve   and shows it on this machine
import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { Application } from "typedoc";
import { build, serve } from "vitepress";
import { prepare } from "../../cli/prepare.mjs";

const HERE = dirname(fileURLToPath(import.meta.url));
const ROOT = join(HERE, "../..");
const SITE = join(ROOT, ".local/site");

/** What is shown of an example; the rest is a package's usual. */
const SHOWN = /\.(ts|ya?ml|md|csv|py|go)$/u;

prepare();
rmSync(SITE, { recursive: true, force: true });
mkdirSync(join(SITE, "public"), { recursive: true });
writePages();
writeExamples();
await writeReference();
cpSync(join(HERE, "config.mjs"), join(SITE, ".vitepress/config.mjs"));
await build(SITE);
console.log("The site is in .local/site/dist.");
if (process.argv.includes("--serve")) await serve({ root: SITE, base: "/", port: 4173 });

/** The pages as GitHub shows them, with the links that lead elsewhere on a site. */
function writePages() {
  for (const name of readdirSync(join(ROOT, "docs"))) {
    const path = join(ROOT, "docs", name);
    if (name.endsWith(".md")) writeFileSync(join(SITE, name), relinked(readFileSync(path, "utf8")));
    if (/\.(json|yaml)$/u.test(name)) cpSync(path, join(SITE, "public", name));
  }
  cpSync(join(ROOT, "docs/images"), join(SITE, "public/images"), { recursive: true });
  writeFileSync(
    join(SITE, "license.md"),
    `# License\n\n\`\`\`text\n${readFileSync(join(ROOT, "LICENSE"), "utf8")}\`\`\`\n`,
  );
  for (const [page, target] of [
    ["README", "index"],
    ["CONTRIBUTING", "contributing"],
    ["SECURITY", "security"],
  ]) {
    writeFileSync(join(SITE, `${target}.md`), relinked(readFileSync(join(ROOT, `${page}.md`), "utf8")));
  }
}

function relinked(text) {
  return text
    .replaceAll(/\]\((?:\.\.\/)?examples\/([\w-]+)\)/gu, "](examples/$1.md)")
    .replaceAll("<!-- tabs -->", "::: code-group")
    .replaceAll("<!-- end of tabs -->", ":::")
    .replaceAll(/\]\(docs\//gu, "](")
    .replaceAll(/(\]\(|src="|srcset=")(?:docs\/)?images\//gu, "$1/images/")
    .replaceAll(/\]\((?:\.\.\/)?(CONTRIBUTING|SECURITY)\.md/gu, (_, name) => `](${name.toLowerCase()}.md`)
    .replaceAll(/\]\((?:\.\.\/)?LICENSE\)/gu, "](license.md)")
    .replaceAll(/\]\(([\w.-]+\.(?:json|yaml))\)/gu, "](/$1)");
}

/** A page for each example, with its files. */
function writeExamples() {
  mkdirSync(join(SITE, "examples"));
  const tracked = execFileSync("git", ["ls-files", "examples"], { cwd: ROOT, encoding: "utf8" }).trim().split("\n");
  for (const name of readdirSync(join(ROOT, "examples"))) {
    const files = tracked.filter(
      (path) => path.startsWith(`examples/${name}/`) && SHOWN.test(path) && !path.includes("/docs/"),
    );
    const sections = files.map((path) => {
      const text = readFileSync(join(ROOT, path), "utf8").replaceAll("```", "~~~");
      return (
        "## " +
        `${path.slice(`examples/${name}/`.length)}\n\n\`\`\`${path.split(".").at(-1)}\n${text.trimEnd()}\n\`\`\`\n`
      );
    });
    writeFileSync(join(SITE, `examples/${name}.md`), `# Example: ${name}\n\n${sections.join("\n")}`);
  }
}

/** A page for each export, from its docstring. */
async function writeReference() {
  const { exports } = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8"));
  const names = new Map(
    Object.entries(exports).flatMap(([subpath, { types }]) =>
      types ? [[types.replace("./dist/", "").replace(".d.ts", ".ts"), join("pulumi-vultr-inference", subpath)]] : [],
    ),
  );
  const typedoc = await Application.bootstrapWithPlugins({
    entryPoints: [...names.keys()].map((path) => join(ROOT, path)),
    tsconfig: join(ROOT, "tsconfig.json"),
    plugin: ["typedoc-plugin-markdown"],
    outputs: [{ name: "markdown", path: join(SITE, "reference") }],
    readme: "none",
    disableSources: true,
    excludeInternal: true,
    excludePrivate: true,
    excludeExternals: true,
    hideBreadcrumbs: true,
    hidePageHeader: true,
    entryFileName: "index",
    logLevel: "Warn",
    validation: { notExported: false, invalidLink: true, notDocumented: false },
  });
  const project = await typedoc.convert();
  if (!project) throw new Error("The reference could not be made.");
  for (const module of project.children ?? []) {
    const [, name] = [...names].find(([path]) => path.replace(/(\/index)?\.ts$/u, "") === module.name) ?? [];
    if (name) module.name = name;
  }
  await typedoc.generateOutputs(project);
}
