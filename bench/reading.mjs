// Reading and splitting Markdown and HTML, against what parsing alone takes with the same parser: Markdown of the
// packages that are installed, as it is and as the pages that markdown-it makes of it.
import { readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { either, median, report, timed } from "./report.mjs";

const require = createRequire(import.meta.url);
const { splitDocument } = require("../dist/provider/documents/split-document.js");
const createMarkdown = require("markdown-it").default ?? require("markdown-it");
const { parse } = require("parse5");

const MB = 1_000_000;
const SIZE = either(4, 20) * MB;
const RUNS = either(3, 5);
const SETTINGS = { maxTokens: 384, overlapTokens: 0 };
const markdown = createMarkdown("default", { html: true });

/** The packages' own pages, again and again where they are fewer bytes than wanted. */
function pages() {
  const modules = dirname(dirname(require.resolve("markdown-it/package.json")));
  const within = (path) =>
    readdirSync(join(modules, path), { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map(({ name }) => join(path, name));
  const packages = within("").flatMap((name) => (name.startsWith("@") ? within(name) : [name]));
  const files = packages.flatMap((name) =>
    readdirSync(join(modules, name))
      .filter((file) => /\.md$/iu.test(file))
      .map((file) => join(modules, name, file)),
  );
  const texts = files.sort().map((file) => readFileSync(file, "utf8"));
  const chosen = [];
  for (let bytes = 0, at = 0; bytes < SIZE; at++) {
    const text = texts[at % texts.length];
    chosen.push(text);
    bytes += Buffer.byteLength(text);
  }
  return chosen;
}

async function compare(name, ending, documents, parseAlone) {
  const bytes = documents.map((text) => Buffer.from(text));
  const ours = async () => {
    for (const [index, one] of bytes.entries()) await splitDocument(`${index}.${ending}`, one, SETTINGS);
  };
  const theirs = () => {
    for (const text of documents) parseAlone(text);
  };
  const pairs = [];
  // The first round warms up both.
  for (let run = 0; run <= RUNS; run++) pairs.push({ value: await timed(ours), peer: await timed(theirs) });
  const rounds = pairs.slice(1);
  const value = median(rounds.map((one) => one.value));
  const ratio = median(rounds.map((one) => one.value / one.peer));
  const size = Math.round(bytes.reduce((sum, { length }) => sum + length, 0) / MB);
  report({ name, value, unit: `s for ${size} MB`, peer: "parsing alone", ratio, goal: 2 });
}

const documents = pages();
await compare("reading.markdown", "md", documents, (text) => markdown.parse(text, {}));
const rendered = documents.map(
  (text) =>
    `<!doctype html><html><head><title>Page</title></head><body><main>${markdown.render(text)}</main></body></html>`,
);
await compare("reading.html", "html", rendered, (text) => parse(text));
