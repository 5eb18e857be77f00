import { Reader } from "../../../../provider/documents/reading/reader";
import { pdf, wordDocument, zip } from "./made";

// The library that reads PDF loads itself in a way that a test runner does not allow: these are read as users' are.
const reader = new Reader();
const SETTINGS = { maxTokens: 512, overlapTokens: 0 };

async function read(name: string, bytes: Buffer): Promise<string> {
  const { chunks, warnings } = await reader.read(name, bytes, SETTINGS);
  return [...warnings.map((warning) => `! ${warning}`), ...chunks.map(({ content }) => content)].join("\n\n");
}

const refusal = (name: string, bytes: Buffer): Promise<string> =>
  read(name, bytes).then(
    (text) => `read: ${text}`,
    (error: unknown) => (error as Error).message,
  );

const word = (body: string): Buffer =>
  wordDocument(
    "<w:document " +
      `xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>${body}</w:body></w:document>`,
    "<w:styles/>",
  );

describe("A file", () => {
  it("that is a PDF is its pages' text, and says which of them have pictures alone", async () => {
    expect(await read("a.pdf", pdf(["Bread is baked on Mondays.", "Cake on Fridays."]))).toBe(
      "Bread is baked on Mondays.\n\nCake on Fridays.",
    );
    expect(await read("a.pdf", pdf(["Bread.", { picture: true }]))).toBe(
      "! has pictures without text on page 2, as scanned pages are: recognize their text first to have it " +
        "found\n\nBread.",
    );
  });

  it("that is a PDF has its outline's headings, its title, and what is filled in", async () => {
    const document = pdf(["Stop", "Close the valve."], {
      title: "Pump manual",
      outline: [["Stopping", 2]],
      field: ["Name", "Pump 4"],
    });
    expect(await read("a.pdf", document)).toBe(
      "Pump manual\n\nStop\n\nName: Pump 4\n\nPump manual\n\nStopping\n\nClose the valve.",
    );
  });

  it("that is a PDF is refused where it is encrypted, damaged, or holds no text", async () => {
    expect(await refusal("a.pdf", pdf(["Secret."], { encrypted: true }))).toBe(
      "is an encrypted PDF: save it without a password",
    );
    expect(await refusal("a.pdf", Buffer.from("%PDF-1.4\nnothing of the kind"))).toMatch(
      /^is no readable PDF: .* Make it again, or exclude it$/u,
    );
    expect(await refusal("a.pdf", pdf([""]))).toBe(
      "is a PDF without text, as scanned pages are: recognize their text first, or exclude it",
    );
  });

  it("that is a Word document is refused where it is no archive, damaged, protected, or swells when unpacked", async () => {
    expect(await read("a.docx", word("<w:p><w:r><w:t>Text.</w:t></w:r></w:p>"))).toBe("Text.");
    expect(await refusal("a.docx", Buffer.from("just text"))).toMatch(/^is no readable DOCX: it is no ZIP archive/u);
    expect(await refusal("a.docx", word("").subarray(0, 300))).toMatch(/^is no readable DOCX/u);
    expect(await refusal("a.docx", Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 1, 2, 3]))).toContain(
      "with a password or of an old version",
    );
    expect(await refusal("a.docx", zip({ "word/document.xml": Buffer.alloc(200 * 1024 * 1024, 97) }))).toMatch(
      /^is more than 64 MiB once unpacked/u,
    );
    expect(await refusal("a.docx", zip({ "other.xml": Buffer.from("<a/>") }))).toMatch(/^is no readable DOCX/u);
  });

  it("that is a PDF of a quarter of a gigabyte in some kilobytes is refused, and the next one is read", async () => {
    const strict = new Reader({ timeMs: 2_000, memoryMb: 128 });
    const [bomb, next] = await Promise.allSettled([
      strict.read("a.pdf", pdf([{ bomb: 1 << 28 }]), SETTINGS),
      strict.read("b.md", Buffer.from("Next."), SETTINGS),
    ]);
    expect([bomb, next]).toMatchObject([
      { reason: { message: expect.stringMatching(/^takes (?:more than|longer than) /u) as string } },
      { value: { chunks: [{ content: "Next." }] } },
    ]);
  });
});
