// Reads sets of documents that nobody here wrote, and tells what a reader would miss, or find where it does not belong.
//   node sets.mjs                  all
//   node sets.mjs markdown html    those that are named
//   node sets.mjs installed        what this project has installed, which takes a moment
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { headingsOf, lettersOf } from "./headings.mjs";
import { debianPackage, filesIn, MANUALS, npmPackages, PRINTED, printedManual } from "./sources.mjs";

const DIST = join(dirname(fileURLToPath(import.meta.url)), "../../../dist/provider/documents");
const require = createRequire(import.meta.url);
const load = (path) => require(join(DIST, `${path}.js`));
const { readDocument } = load("read/read");
const { headingsIn } = load("tree");
const { split } = load("split/split");
const { estimateTokens } = load("../text/tokens");
const { parse } = require("parse5");
const { extractText } = require("unpdf");

const OPTIONS = { maxTokens: 384, overlapTokens: 0 };

/** Every document's headings are those of the reference implementation, in order. */
async function markdownIn(folder) {
  const wrong = [];
  const seen = new Set();
  let headings = 0;
  for (const file of filesIn(folder, ".md")) {
    const source = readFileSync(file, "utf8")
      .replace(/^\ufeff/, "")
      .replace(/\r\n?/g, "\n");
    if (seen.has(source) || source.includes("\0")) continue;
    seen.add(source);
    const body = source.replace(/^---\n[^]*?\n---\n/, "");
    const found = [...headingsIn((await readDocument(file, Buffer.from(body))).blocks)]
      .map(({ title }) => lettersOf(title))
      .filter((title) => title !== "");
    const expected = headingsOf(body);
    headings += expected.length;
    if (found.join("\n") === expected.join("\n")) continue;
    wrong.push(
      `${file}: ${expected.filter((title) => !found.includes(title)).length} headings are missing, ` +
        `${found.filter((title) => !expected.includes(title)).length} are none`,
    );
  }
  return { cases: seen.size, said: `${headings} headings of ${seen.size} documents in Markdown`, wrong };
}

const NO_TEXT = /^(?:script|style|template|noscript|head|nav|svg|button|select|input|rt|rp|iframe|textarea)$/;
const NO_PART =
  /(?:^|\s)(?:headerlink|navheader|navfooter|toc|sphinxsidebar|sub-nav|viewcode-link|linenos|contents|related|skip-nav|top-nav|breadcrumb\S*|copy\S*)(?:\s|$)/;
const attributeOf = (node, name) => node.attrs?.find((attribute) => attribute.name === name)?.value ?? "";
const textOf = (node) =>
  node.nodeName === "#text" ? node.value : isNoText(node) ? "" : (node.childNodes ?? []).map(textOf).join("");
const isNoText = (node) => NO_TEXT.test(node.tagName ?? "") || NO_PART.test(attributeOf(node, "class"));

function firstWith(node, { tag, class: name }) {
  if (tag === undefined ? attributeOf(node, "class").split(" ").includes(name) : node.tagName === tag) return node;
  for (const child of node.childNodes ?? []) {
    const found = firstWith(child, { tag, class: name });
    if (found) return found;
  }
  return undefined;
}

/** Phrases of four words at least, and terms that have a description, of what a page says. */
function saidOn(main) {
  const [phrases, terms] = [[], new Set()];
  const visit = (node, next) => {
    if (isNoText(node)) return;
    if (node.nodeName === "#text" && node.value.trim().split(/\s+/).length >= 4) phrases.push(node.value.trim());
    if (node.tagName === "dt" && next?.tagName === "dd" && textOf(next).trim() !== "")
      terms.add(lettersOf(textOf(node)));
    const elements = (node.childNodes ?? []).filter(({ nodeName }) => nodeName !== "#comment");
    for (const child of elements)
      visit(
        child,
        elements.slice(elements.indexOf(child) + 1).find(({ tagName }) => tagName !== undefined),
      );
  };
  visit(main);
  return { phrases, terms };
}

/**
 * No phrase is lost, no chunk ends in a term without its description, and no heading stands alone where its page has a
 * text.
 */
async function html() {
  const wrong = [];
  let [cases, phrases, chunks] = [0, 0, 0];
  const shares = [];
  for (const manual of MANUALS) {
    let [tokens, around] = [0, 0];
    for (const file of filesIn(debianPackage(manual.packageName), ".html").filter((_, index) => index % 5 === 0)) {
      const bytes = readFileSync(file);
      const main = firstWith(parse(bytes.toString()), manual.main);
      if (!main) continue;
      cases++;
      const tree = await readDocument(file, bytes);
      const found = split(tree, OPTIONS);
      const said = saidOn(main);
      phrases += said.phrases.length;
      chunks += found.length;
      tokens += found.reduce((sum, { text }) => sum + estimateTokens(text), 0);
      around += linesAround(found, main).reduce((sum, line) => sum + estimateTokens(line), 0);
      wrong.push(...faultsOf(tree, found, said).map((fault) => `${file}: ${fault}`));
    }
    shares.push(around / tokens);
    if (around > tokens * MOST_NAVIGATION)
      wrong.push(`${manual.packageName}: ${((100 * around) / tokens).toFixed(2)} % of its tokens are navigation`);
  }
  return {
    cases,
    said:
      `${(100 * Math.max(...shares)).toFixed(2)} % navigation at most; ${phrases} phrases in ${chunks} chunks of ` +
      `${cases} pages by Sphinx, javadoc and DocBook`,
    wrong,
  };
}

/** What leads around a manual may be so great a part of its tokens. */
const MOST_NAVIGATION = 0.01;

/**
 * Lines that the part of a page that says something does not have, or has in what the page marks as navigation alone.
 */
function linesAround(chunks, main) {
  const said = lettersOf(textOf(main));
  const lines = chunks
    .flatMap(({ text }) => text.split("\n"))
    .map((line) => line.replace(/^[\s>]*(?:#+\s|-\s|\d+\.\s|`{3,}.*)?/, ""));
  return lines.filter((line) => !line.split("|").every((cell) => said.includes(lettersOf(cell))));
}

function faultsOf(tree, chunks, { phrases, terms }) {
  const texts = [chunks.map(({ text }) => text), chunks.map(({ content }) => content)].map((all) =>
    lettersOf(all.join("\n")),
  );
  const titles = new Set([...headingsIn(tree.blocks)].map(({ text }) => text.trim()));
  const lost = phrases.filter(
    (phrase) => !texts.some((text) => text.includes(lettersOf(phrase))) && lettersOf(phrase) !== "",
  );
  const ended = chunks.filter(
    ({ text }) => terms.has(lettersOf(text.slice(text.lastIndexOf("\n") + 1))) && lettersOf(text).length > 0,
  );
  const alone =
    chunks.length < 2
      ? []
      : chunks.filter(({ text }) => text.split("\n").every((line) => titles.has(line.trim()) || line.trim() === ""));
  return [
    ...lost.map((phrase) => `"${phrase.slice(0, 60)}" is lost`),
    ...ended.map(({ text }) => `a chunk ends in the term "${text.slice(text.lastIndexOf("\n") + 1)}"`),
    ...alone.map(({ content }) => `a heading stands alone: "${content.slice(-60)}"`),
  ];
}

/** No word is lost but those of running lines and contents, which are on many pages or lead to one. */
async function pdf() {
  const wrong = [];
  let [pages, words] = [0, 0];
  for (const manual of PRINTED) {
    const bytes = printedManual(manual);
    const tree = await readDocument(manual.file, bytes);
    const chunks = split(tree, OPTIONS);
    const { text } = await extractText(Uint8Array.from(bytes), { mergePages: false });
    pages += text.length;
    const all = lettersOf(chunks.map(({ content }) => content).join("\n"));
    for (const line of bodyLines(text)) {
      const own = line.split(/[\s[\]]+/);
      words += own.length;
      if (!own.every((word) => all.includes(lettersOf(word))))
        wrong.push(`${manual.file}: "${line.slice(0, 80)}" is lost`);
    }
    if ([...headingsIn(tree.blocks)].length === 0) wrong.push(`${manual.file} has no headings`);
    wrong.push(...faultsOf(tree, chunks, { phrases: [], terms: new Set() }).map((fault) => `${manual.file}: ${fault}`));
  }
  return { cases: PRINTED.length, said: `${words} words on ${pages} pages of ${PRINTED.length} PDFs`, wrong };
}

function bodyLines(pages) {
  const lines = pages.flatMap((page) => page.split("\n"));
  const counts = new Map();
  const key = (line) => lettersOf(line).replace(/\d+/g, "#");
  for (const line of lines) counts.set(key(line), (counts.get(key(line)) ?? 0) + 1);
  return lines.filter(
    (line) =>
      line.trim().split(/\s+/).length >= 4 &&
      !/(?:\. ?){5,}/.test(line) &&
      !/^\s*(?:chapter|appendix)\b.*\d\s*$/i.test(line) &&
      counts.get(key(line)) < 3,
  );
}

const SETS = {
  installed: () => markdownIn(join(dirname(fileURLToPath(import.meta.url)), "../../../node_modules")),
  markdown: () => markdownIn(npmPackages()),
  html,
  pdf,
};
const wanted = process.argv.slice(2);
let [cases, violations] = [0, 0];
for (const [name, read] of Object.entries(SETS).filter(([name]) =>
  wanted.length === 0 ? name !== "installed" : wanted.includes(name),
)) {
  const { cases: own, said, wrong } = await read();
  cases += own;
  violations += wrong.length;
  console.log(`${wrong.length === 0 ? "ok  " : "FAIL"} ${name.padEnd(9)} ${said}`);
  for (const fault of wrong.slice(0, 20)) console.log(`     ${fault}`);
}
console.log(`sets: ${cases} cases, ${violations} violations`);
process.exit(violations > 0 ? 1 : 0);
