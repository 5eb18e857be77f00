import { splitText } from "../../../../provider/documents/index";

const PROSE = "The pump is closed by hand before it is cleaned, and opened again by the same person. ".repeat(4);

async function ends(text: string): Promise<string[]> {
  const chunks = await splitText(text, { maxTokens: 96 });
  expect(chunks.length).toBeGreaterThan(1);
  return chunks.map((chunk) => chunk.text.split("\n").at(-1) ?? "");
}

describe("What leads up to something", () => {
  it.each([
    ["a short line that is no sentence", "check-sni <sni>", PROSE],
    ["a sentence that goes on in code", "The name to be sent is told by a command, so", "```sh\nrun it\n```"],
    ["what opens a note", '!!! warning "Mind the (hot) pump."', `    ${PROSE.slice(0, 170)}`],
    ["a heading that is but a line", "Setting the pressure", PROSE],
  ])("is not the end of a chunk: %s", async (_, lead, next) => {
    for (let number = 0; number < 20; number++) {
      const text = [PROSE, PROSE, lead, next.replace("The", `Number ${number}: the`), PROSE].join("\n\n");
      expect(await ends(text)).not.toContain(lead);
    }
  });

  it("is code, where the sentence goes on below it", async () => {
    for (const before of [1, 2, 3, 4, 5, 6])
      expect(
        await ends(`${`${PROSE}\n\n`.repeat(before)}Call\n\n\`\`\`\nrun it\n\`\`\`\n\nto begin.\n\n${PROSE}`),
      ).not.toContain("```");
  });

  it("is nothing in a sentence of links, which is parted between them", async () => {
    const links = Array.from({ length: 40 }, (_, index) => `[Pump of kind ${index}](https://pumps.example/${index})`);
    const chunks = await splitText(links.join(", "), { maxTokens: 96 });
    for (const { text } of chunks) expect(text).toMatch(/^\[.*\),?$/u);
  });

  it("is no item of a list, which is parted between any two", async () => {
    const items = Array.from({ length: 60 }, (_, index) => `- item ${index} of the pumps`).join("\n");
    expect((await splitText(items, { maxTokens: 96 })).every(({ tokens }) => tokens <= 96)).toBe(true);
  });
});
