import { splitDocument, splitText, UnreadableDocumentError } from "../../../provider/documents/index";

const PAGE = "# Returns\n\nSend it back. It costs nothing.\n\n## Fees\n\nWe pay them.\n";

describe("splitText", () => {
  it("splits Markdown at its headings, each chunk under the headings that it stands under", async () => {
    expect(await splitText(PAGE)).toEqual([
      {
        content: "# Returns\n\nSend it back. It costs nothing.",
        text: "# Returns\n\nSend it back. It costs nothing.",
        headings: ["Returns"],
        tokens: expect.any(Number) as number,
      },
      {
        content: "Returns\n\n## Fees\n\nWe pay them.",
        text: "## Fees\n\nWe pay them.",
        headings: ["Returns", "Fees"],
        tokens: expect.any(Number) as number,
      },
    ]);
    expect(await splitText("")).toEqual([]);
  });

  it("reads a text as its name says", async () => {
    const [chunk] = await splitText("what;price\nbread;3\n", { name: "prices.CSV" });
    expect(chunk?.content).toBe("what: bread\nprice: 3");
    expect((await splitText("# no heading\n\ntext", { name: "a.txt" })).map(({ headings }) => headings)).toEqual([[]]);
  });

  it("makes chunks of at most so many tokens, that repeat so many of the one before", async () => {
    const text = Array.from({ length: 60 }, (_, index) => `Sentence number ${index} says little.`).join(" ");
    const chunks = await splitText(text, { maxTokens: 64 });
    expect(Math.max(...chunks.map(({ tokens }) => tokens))).toBeLessThanOrEqual(64);
    expect(chunks.map((chunk) => chunk.text).join(" ")).toBe(text);
    const overlapping = await splitText(text, { maxTokens: 64, overlapTokens: 20 });
    expect(
      overlapping
        .slice(1)
        .every((chunk, index) => overlapping[index]?.text.includes(chunk.text.split(". ", 1)[0] ?? "?")),
    ).toBe(true);
    expect((await splitText(text)).length).toBeLessThan(chunks.length);
  });

  it.each([
    [{ maxTokens: 63 }, "maxTokens must be a whole number from 64 on."],
    [{ maxTokens: 100.5 }, "maxTokens must be a whole number from 64 on."],
    [
      { maxTokens: 100, overlapTokens: 50 },
      "overlapTokens must be a whole number from 0 to 49, less than half of maxTokens.",
    ],
    [{ overlapTokens: -1 }, "overlapTokens must be a whole number from 0 to 191, less than half of maxTokens."],
  ])("refuses %p", (options, message) => expect(splitText(PAGE, options)).rejects.toThrow(new RangeError(message)));
});

describe("splitDocument", () => {
  it("reads bytes, and says what was left out", async () => {
    const rows = await splitDocument("rows.csv", Buffer.from("\ufeffa,b,c\n1,2,3\n4,5\n", "utf16le"));
    expect(rows.chunks.map(({ content }) => content)).toEqual(["a: 1\nb: 2\nc: 3\n\na: 4\nb: 5"]);
    expect(rows.warnings).toEqual([
      '"rows.csv" has fewer values than columns in a row (line 3): its last columns are taken to be empty.',
    ]);
  });

  it("says in one sentence why a document cannot be read", async () => {
    const failed: unknown = await splitDocument("a.pdf", Buffer.from("no PDF")).catch((error: unknown) => error);
    expect(failed).toBeInstanceOf(UnreadableDocumentError);
    expect(failed).toMatchObject({
      code: "unreadable_document",
      document: "a.pdf",
      message: expect.stringMatching(/^"a\.pdf" is no readable PDF: .*\. Make it again, or exclude it\.$/u) as string,
    });
    await expect(splitDocument("a.exe", Buffer.from("x"))).rejects.toThrow(
      /^"a\.exe" cannot be read: a document's name must end in one of md, /u,
    );
  });
});
