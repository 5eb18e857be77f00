// Documentation that nobody here wrote, from registries, as texts of at most about 1,000 characters with their
// headings.
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { debianPackage, filesIn } from "../../tests/reliability/sets/sources.mjs";

const KEPT = fileURLToPath(new URL("../../.local/sets", import.meta.url));
const LONGEST = 1_000;

/**
 * The sets by name: the texts, each with its file and headings. The questions of `<name>.json` were written from the
 * documents, in other words than theirs; each names files, or `file#heading`, one of which must be among the first
 * three.
 */
export const SETS = {
  /** Help for people at a desktop. */
  gnome: () =>
    filesIn(join(debianPackage("gnome-user-docs"), "usr/share/help/C/gnome-help"), ".page").flatMap(mallardTexts),
  /** Help for people at a command line. */
  npm: () => DOCUMENTS.npm().flatMap(markdownTexts),
  /** A manual for programmers. */
  fastify: () => DOCUMENTS.fastify().flatMap(markdownTexts),
};

/** The files of those that are Markdown. */
export const DOCUMENTS = {
  npm: () => filesIn(join(npmPackage("npm@10.9.4"), "docs/content"), ".md"),
  fastify: () =>
    filesIn(join(npmPackage("fastify@5.6.0"), "docs"), ".md").filter(
      (path) => !/Migration|Ecosystem/.test(basename(path)),
    ),
};

/** The questions of a set, each with what answers it. */
export function questionsOf(name) {
  const list = JSON.parse(readFileSync(new URL(`${name}.json`, import.meta.url), "utf8"));
  return list.map(([question, ...targets]) => ({ question, targets }));
}

/** Whether a text is what a question's target names. */
export function isTarget(target, { file, headings }) {
  const [wanted, heading] = target.split("#");
  return (
    file === wanted && (heading === undefined || headings.some((title) => title.replaceAll("`", "").includes(heading)))
  );
}

/** A folder with the contents of a package of npm. */
function npmPackage(name) {
  const folder = join(KEPT, name.replace("@", "-"));
  if (!existsSync(join(folder, "done"))) {
    mkdirSync(folder, { recursive: true });
    execFileSync("npm", ["pack", "--silent", name], { cwd: folder, stdio: "pipe" });
    const archive = readdirSync(folder).find((file) => file.endsWith(".tgz"));
    execFileSync("tar", ["xzf", archive], { cwd: folder });
    writeFileSync(join(folder, "done"), "");
  }
  return join(folder, "package");
}

function markdownTexts(path) {
  const file = basename(path);
  const texts = [];
  const headings = [];
  let lines = [];
  let isCode = false;
  const flush = () => {
    const titles = [basename(file, ".md"), ...headings.filter(Boolean)];
    texts.push(
      ...parts(lines.join("\n")).map((part) => ({ file, headings: titles, text: `${titles.join(" > ")}\n\n${part}` })),
    );
    lines = [];
  };
  for (const line of readFileSync(path, "utf8")
    .replace(/^---\n[^]*?\n---\n/, "")
    .split("\n")) {
    if (line.startsWith("```")) isCode = !isCode;
    const level = isCode ? undefined : /^(#{1,6}) /.exec(line)?.[1].length;
    if (level === undefined) lines.push(line);
    else {
      flush();
      headings.length = level - 1;
      headings.push(line.replace(/^#+ /, ""));
    }
  }
  flush();
  return texts;
}

/** A page of help in Mallard, an XML of few elements. */
function mallardTexts(path) {
  const text = readFileSync(path, "utf8")
    .replace(/<(info|links?)\b[^>]*>[^]*?<\/\1>/g, " ")
    .replace(/<\/?(?:p|item|title|section|td|note|steps|list|table)\b[^>]*>/g, "\n\n")
    .replace(/<!--[^]*?-->|<[^>]+>/g, "")
    .replace(/&lt;|&gt;|&amp;/g, (sign) => ({ "&lt;": "<", "&gt;": ">", "&amp;": "&" })[sign])
    .replace(/[ \t]*\n[ \t]*/g, "\n")
    .replace(/(\S)\n(?=\S)/g, "$1 ")
    .trim();
  const [title] = text.split("\n\n", 1);
  return parts(text.slice(title.length)).map((part) => ({
    file: basename(path, ".page"),
    headings: [title],
    text: `${title}\n\n${part}`,
  }));
}

/** Paragraphs, put together as far as they fit. */
function parts(text) {
  const found = [];
  for (const paragraph of text
    .trim()
    .split(/\n\n+/)
    .flatMap((whole) => whole.match(/[^]{1,1000}/g) ?? [])) {
    const last = found.at(-1);
    if (last !== undefined && last.length + paragraph.length < LONGEST)
      found[found.length - 1] = `${last}\n\n${paragraph}`;
    else found.push(paragraph);
  }
  return found;
}
