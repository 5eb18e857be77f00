import { execFile } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { wordDocument } from "../read/made";
import { PreparedDocuments } from "../../../../provider/documents/prepared";
import { Reader } from "../../../../provider/documents/reading/reader";
import { scan } from "../../../../provider/resources/documents/scan";
import { reasonOf } from "../../../../provider/resources/documents/source/source";

const SETTINGS = { maxTokens: 512, overlapTokens: 0 };
const HOSTILE = join(__dirname, "hostile.cjs");
const DIST = join(__dirname, "../../../../dist/provider/documents");

/** What comes of documents that are read at once, by a process that does what they say. */
async function outcomes(
  documents: readonly string[],
  reader = new Reader({ timeMs: 2_000, memoryMb: 64 }, HOSTILE),
): Promise<string[]> {
  const results = await Promise.allSettled(
    documents.map((text, index) => reader.read(`${index}.md`, Buffer.from(text), SETTINGS)),
  );
  return results.map((result) =>
    result.status === "fulfilled" ? result.value.chunks.map(({ content }) => content).join("|") : String(result.reason),
  );
}

describe("A document that", () => {
  const TOO_MUCH =
    "DocumentError: takes more than 64 MB of memory to read: split it into several documents, simplify it, or " +
    "exclude it";

  it("hangs is refused after its time, and the others are read", async () => {
    const late =
      "DocumentError: takes longer than 2 s to read: split it into several documents, simplify it, or exclude it";
    expect(await outcomes(["one", "hang", "two"])).toEqual(["one", late, "two"]);
  });

  it("takes too much memory, inside of the heap or beside it, is refused, and the others are read", async () => {
    const patient = new Reader({ timeMs: 120_000, memoryMb: 64 }, HOSTILE);
    expect(await outcomes(["one", "swell", "two", "fill", "crash", "three"], patient)).toEqual([
      "one",
      TOO_MUCH,
      "two",
      TOO_MUCH,
      TOO_MUCH,
      "three",
    ]);
  });

  it("breaks its reader is refused with what the reader said, and the same process reads on", async () => {
    expect(await outcomes(["refuse", "break", "nest", "print"])).toEqual([
      "DocumentError: is refused",
      "DocumentError: cannot be read: x is not a function. Simplify it, or exclude it",
      "DocumentError: is nested too deeply to be read: flatten it, or exclude it",
      "print",
    ]);
  });

  it("is well is not refused where no process can be started: that is said instead", async () => {
    expect(await outcomes(["one", "two"], new Reader(undefined, join(__dirname, "nowhere.cjs")))).toEqual([
      expect.stringMatching(/^Error: The process that reads documents did not start \(exit code 1\)/u),
      expect.stringMatching(/^Error: The process that reads documents did not start/u),
    ]);
  });
});

describe("A folder with documents that cannot be read", () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "reading-"));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it("has all of them refused by name, at once and beside what is wrong with names, and the others read", async () => {
    const texts = [
      { name: "", text: "Nameless." },
      { name: "hang.md", text: "hang" },
      { name: "bad.json", text: "{" },
      { name: "well.md", text: "Well." },
    ];
    const { documents, problems } = await scan(
      { texts },
      SETTINGS,
      new PreparedDocuments(new Reader({ timeMs: 2_000, memoryMb: 256 }, HOSTILE)),
    );
    expect(documents.map(({ name }) => name)).toEqual(expect.arrayContaining(["well.md"]));
    expect(problems.map((problem) => `${problem.property} ${reasonOf(problem)}`)).toEqual([
      "source.texts[0].name is empty",
      expect.stringMatching(/^source\.texts has "bad\.json", which is not JSON/u),
      expect.stringMatching(/^source\.texts has "hang\.md", which takes longer than 2 s to read/u),
    ]);
  });

  it("has what is made to hang or to swell read or refused by name, in the time of each, and the others read", async () => {
    const cells = (repeated: string): string => `<table>${repeated}</table>`;
    const hostile: Readonly<Record<string, string | Buffer>> = {
      "bomb.docx": wordDocument(`<w:document>${"0".repeat(80 * 1024 * 1024)}</w:document>`, "<w:styles/>"),
      "columns.html": cells("<tr><td colspan=10000000>wide<td>beside"),
      "nested.html": "<div>".repeat(100_000),
      "rows.csv": `thing,price\n${"bread,3\n".repeat(50_000)}`,
      "rows.html": cells("<tr><td>bread<td>3</tr>".repeat(50_000)),
      "span.html": cells("<tr><td rowspan=100000000>high<td>beside"),
    };
    const sources = join(folder, "hostile");
    mkdirSync(sources);
    for (const [name, text] of Object.entries({ ...hostile, "well.txt": "Well." }))
      writeFileSync(join(sources, name), text);
    const { documents, problems } = await scan(
      { folder: sources },
      SETTINGS,
      new PreparedDocuments(new Reader({ timeMs: 2_000, memoryMb: 256 })),
    );
    const refused = problems.flatMap((problem) => problem.documents);
    expect([...documents.map(({ name }) => name), ...refused].sort()).toEqual([...Object.keys(hostile), "well.txt"]);
    expect(refused).toContain("bomb.docx");
    expect(refused).not.toContain("well.txt");
    for (const problem of problems)
      expect(reasonOf(problem)).toMatch(/has "[\w.]+", which (takes|is) .*: (split|flatten) it/u);
  });

  it("are read without this process' environment, and without keeping it alive", async () => {
    const script = join(folder, "read.cjs");
    writeFileSync(
      script,
      `const { Reader } = require(${JSON.stringify(join(DIST, "reading/reader.js"))});
       const reader = new Reader(undefined, ${JSON.stringify(join(folder, "told.cjs"))});
       reader.read("a.md", Buffer.from("a"), {}).then(({ chunks: [told] }) => console.log(told));`,
    );
    writeFileSync(
      join(folder, "told.cjs"),
      `process.on("message", () => process.send({ warnings: [], chunks: [JSON.stringify([Object.keys(process.env).filter((name) => name.startsWith("VULTR")), process.execArgv.length])] }));
       process.send({ isReady: true });`,
    );
    const { stdout } = await promisify(execFile)(process.execPath, ["--require", "node:path", script], {
      env: { ...process.env, VULTR_INFERENCE_API_KEY: "secret" },
    });
    expect(JSON.parse(stdout)).toEqual([[], 1]);
  });
});
