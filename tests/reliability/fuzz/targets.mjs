// What is fed with bytes: each parser, the beginnings it starts from, and the errors by which it may refuse them.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const HERE = dirname(fileURLToPath(import.meta.url));
const DIST = join(HERE, "../../../dist");
const require = createRequire(import.meta.url);
const load = (path) => require(join(DIST, `${path}.js`));

export const { seededNumbers } = load("local/emulator/random");
const { splitDocument } = load("provider/documents/split-document");
const { parts } = load("provider/documents/split/parts");
const { eventData } = load("provider/client/http/sse");
const { retryAfter } = load("provider/client/http/retry-after");
const { clean } = load("provider/text/clean");
const { describe, readDescription } = load("provider/ownership/tag");
const { readManifest, writeManifest } = load("provider/resources/documents/manifest");
const { readSizes } = load("provider/resources/documents/sizes");
const { load: loadState } = load("local/engine/state/checkpoint");
const { StackSettings } = load("local/engine/project/settings");
const { readProject } = load("local/engine/project/project");
const { extractText } = load("local/emulator/ingest/extract");
const { pathSteps } = load("local/engine/project/paths");

const folder = mkdtempSync(join(tmpdir(), "vultr-inference-fuzz-"));
process.once("exit", () => rmSync(folder, { recursive: true, force: true }));

function written(name, bytes) {
  const path = join(folder, name);
  writeFileSync(path, bytes);
  return path;
}

function check(holds, what) {
  if (!holds) throw new Error(`VIOLATION: ${what}`);
}

/** A document is read and split; no chunk may be too large, and none empty. */
const document = (ending) => async (bytes) => {
  const { chunks } = await splitDocument(`fuzzed.${ending}`, bytes, { maxTokens: 100, overlapTokens: 10 });
  for (const chunk of chunks) {
    check(chunk.text.trim() !== "", "an empty chunk");
    check(chunk.tokens <= 100, `a chunk of ${chunk.tokens} tokens`);
    if (chunk.text.length > 4) check(parts(chunk, 2).length > 0, "a chunk that has no parts");
  }
};

/**
 * A document whose reader is a library. It may fail once more after it has answered, which the reading process ignores,
 * too.
 */
const binary = (ending) => (bytes) => {
  if (!process.listeners("unhandledRejection").includes(ignored)) process.on("unhandledRejection", ignored);
  return document(ending)(bytes);
};

const ignored = () => undefined;

const seed = (name) => readFileSync(join(HERE, "seeds", name));

async function* split(bytes) {
  for (let at = 0; at < bytes.length; at += 7) yield bytes.subarray(at, at + 7);
}

const text = (bytes) => bytes.toString("utf8");
const MARKDOWN =
  "---\ntitle: Bread\ntags: [a, b]\n---\n# Bread\n\nBaked on *Mondays*. See [this](x.md).\n\n## Kinds\n\n| Kind " +
  "| Price |\n|---|---|\n| Rye | 3 |\n\n```js\nconst a = 1;\n```\n\n- one\n  - two\n\n> quoted\n\nSetext\n---\n";
const HTML =
  "<!doctype " +
  "html><html><head><title>Bread</title><script>x</script></head><body><nav>menu</nav><main><h1>Bread</h1><p>Baked " +
  "&amp; " +
  "sold.</p><table><tr><th>Kind</th></tr><tr><td>Rye</td></tr></table><pre>code</pre><ul><li>one</ul></main></body></html>";
const RST =
  "Bread\n=====\n\n.. note:: Hot.\n\nKinds\n-----\n\n.. function:: bake(x)\n\n   Bakes :ref:`x <y>`::\n\n       " +
  "code\n\n=== ===\nA   B\n=== ===\n1   2\n=== ===\n\n+---+\n| a |\n+===+\n| b |\n+---+\n\nterm\n   What it is.\n";
const STATE = JSON.stringify({
  version: 3,
  checkpoint: {
    stack: "organization/e2e/test",
    latest: {
      manifest: { time: "2026-01-01T00:00:00Z", version: "3.248.0" },
      secrets_providers: { type: "passphrase", state: { salt: "v1:a:b" } },
      resources: [
        {
          urn: "urn:pulumi:test::e2e::pulumi:pulumi:Stack::e2e-test",
          custom: false,
          type: "pulumi:pulumi:Stack",
          inputs: {
            a: { "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270", ciphertext: "v1:x:y" },
          },
        },
      ],
    },
  },
});

/**
 * `names`: the errors by which input may be refused; everything else is a violation. `code`: where it is seen what an
 * input reaches. `share`: of the runs, where one takes long.
 */
export const TARGETS = {
  markdown: {
    run: document("md"),
    seeds: [MARKDOWN, "# A\n\ntext", "---\na: &a [*a]\n---\n"],
    names: ["DocumentError"],
  },
  mdx: {
    run: document("mdx"),
    seeds: [MARKDOWN, "import A from 'a'\n\n<Tabs items={['a']}>\n\n## B {/* c */}\n\n{`d`}\n\n</Tabs>\n"],
    names: ["DocumentError"],
  },
  html: { run: document("html"), seeds: [HTML, "<p>a<p>b"], names: ["DocumentError"] },
  pdf: { run: binary("pdf"), seeds: [seed("bread.pdf")], names: ["DocumentError"], code: "unpdf", share: 0.1 },
  docx: {
    run: binary("docx"),
    seeds: [seed("stored.docx"), seed("deflated.docx")],
    names: ["DocumentError"],
    code: "mammoth",
    share: 0.1,
  },
  csv: { run: document("csv"), seeds: ['Kind,Price\n"Rye, dark",3\nWheat,2\n', "a;b\n1;2"], names: ["DocumentError"] },
  json: {
    run: document("json"),
    seeds: ['{"a":{"b":[1,2,{"c":"text"}]},"__proto__":{"x":1}}', "[]"],
    names: ["DocumentError"],
  },
  jsonl: { run: document("jsonl"), seeds: ['{"a":1}\n{"b":[2]}\n'], names: ["DocumentError"] },
  tsv: { run: document("tsv"), seeds: ["Kind\tPrice\nRye, dark\t3\n"], names: ["DocumentError"] },
  yaml: {
    run: document("yaml"),
    seeds: ["a: &b {c: 1.10}\nd:\n  <<: *b\n  e: |\n    Text.\n---\n- !x y\n"],
    names: ["DocumentError"],
  },
  rst: { run: document("rst"), seeds: [RST], names: ["DocumentError"] },
  asciidoc: {
    run: document("adoc"),
    seeds: [
      "= Bread\n:a: b\n\n== Kinds\n\n.Prices\n|===\n|Rye |3\n|===\n\nRye:: Dark.\n\n----\ncode\n----\n\nNOTE: " +
        "*Hot* `{a}`.\n\n* one\n** two\n",
    ],
    names: ["DocumentError"],
    share: 0.3,
  },
  org: {
    run: document("org"),
    seeds: [
      "#+TITLE: Bread\n* TODO Kinds :a:\n:PROPERTIES:\n:ID: x\n:END:\n| A | B |\n|---+---|\n| 1 | 2 " +
        "|\n#+BEGIN_SRC sh\nls\n#+END_SRC\n[[x][y]]\n",
    ],
    names: ["DocumentError"],
  },
  notebook: {
    run: document("ipynb"),
    seeds: [
      JSON.stringify({
        cells: [
          { cell_type: "markdown", source: ["# A\n", "text"] },
          { cell_type: "code", source: "x = 1", outputs: [{ output_type: "stream", text: "1" }] },
        ],
        metadata: { language_info: { name: "python" } },
      }),
    ],
    names: ["DocumentError"],
  },
  xhtml: {
    run: document("xhtml"),
    seeds: [
      '<?xml version="1.0"?><html><head><script src="x"/></head><body><h1>A</h1><p><![CDATA[a < b]]></p></body></html>',
    ],
    names: ["DocumentError"],
  },
  plain: { run: document("txt"), seeds: ["Bread is baked. It is sold! Is it?\n\nCake…"], names: ["DocumentError"] },
  sse: {
    run: async (bytes) => {
      for await (const data of eventData(split(bytes))) check(typeof data === "string", "no text");
    },
    seeds: ['data: {"a":1}\n\ndata: [DONE]\n\n', ": comment\r\nevent: x\rdata: a\ndata: b\n\n"],
    names: ["Fault", "AnswerError"],
  },
  retryAfter: {
    run: (bytes) => {
      const pause = retryAfter(text(bytes), 0);
      check(pause === undefined || (pause >= 0 && Number.isFinite(pause)), `a pause of ${pause}`);
    },
    seeds: ["120", "Wed, 21 Oct 2026 07:28:00 GMT"],
    names: [],
  },
  terminal: {
    run: (bytes) =>
      check(
        !/[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/u.test(clean(text(bytes)).replace(/[\n\t]/gu, "")),
        "a control character is left",
      ),
    seeds: ["a\u001b[31mred", "\u009b2J"],
    names: [],
  },
  tag: {
    run: (bytes) => {
      const description = text(bytes);
      const { tag, title } = readDescription(description);
      if (tag)
        check(
          JSON.stringify(readDescription(describe(tag, title)).tag) === JSON.stringify(tag),
          `a tag that is written otherwise than read: ${description}`,
        );
    },
    seeds: [
      "[vi:i:AAAAAAAAAAAA:a1b2c3d4e5:0123456789abcdef0123456789abcdef] Title",
      "[vi:d:AAAAAAAAAAAA:a1b2c3d4e5.f6g7h8j9k0:0123456789ab:0123456789abcdef0123456789abcdef:0] Title",
      "[vi:d:AAAAAAAAAAAA:0:AAAAAAAA:AAAAAAAA:0] Title",
    ],
    names: [],
  },
  manifest: {
    run: (bytes) => {
      const manifest = readManifest(text(bytes));
      writeManifest(manifest);
      readSizes({ [text(bytes).slice(0, 20)]: text(bytes) });
    },
    seeds: [
      writeManifest(
        new Map([
          [
            "a.md",
            {
              fingerprint: "abcdefgh",
              chunks: [
                {
                  itemId: "x y",
                  hash: "0123456789abcdef0123456789abcdef",
                  label: "AAAA",
                  section: "T",
                  partOf: "0123456789ab",
                },
              ],
            },
          ],
        ]),
      ),
    ],
    names: [],
  },
  state: {
    run: (bytes) => loadState({ checkpoint: written("state.json", bytes) }),
    seeds: [STATE],
    names: ["UserError"],
  },
  settings: {
    run: (bytes) => {
      written("Pulumi.test.yaml", bytes);
      StackSettings.load({ root: folder }, "test").salt;
    },
    seeds: ["config:\n  a:b: c\n  a:d:\n    secure: v1:x:y\nencryptionsalt: v1:a:b\n"],
    names: ["UserError"],
  },
  project: {
    run: (bytes) => readProject(written("Pulumi.yaml", bytes)),
    seeds: [
      "name: a\nruntime:\n  name: nodejs\n  options:\n    typescript: false\nmain: .\nconfig:\n  a:\n    type: " +
        "string\n    default: b\n",
    ],
    names: ["UserError"],
  },
  path: { run: (bytes) => pathSteps(text(bytes)), seeds: ['a.b[0]["c"]', "a[1][2].x"], names: ["UserError"] },
  upload: {
    run: (bytes) => extractText("fuzzed.csv", bytes).then(() => extractText("fuzzed.html", bytes)),
    seeds: ["a,b\n1,2", HTML],
    names: ["IngestionError", "Error"],
  },
};
