import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { splitText } from "../../../../provider/documents/index";
import { readDocument } from "../../../../provider/documents/read/read";
import { textsIn } from "../../documents/read/outline";
import { nothingPrepared, type Emulated } from "../../emulated";
import { counted, Deployed, held, type Folder, withCollection } from "./support";

const MODULES = join(__dirname, "../../../../node_modules");
const squeezed = (text: string): string => text.replaceAll(/\s+/gu, "");

function readAll(folder: string, names: readonly string[]): Folder {
  return Object.fromEntries(
    names.map((name) => [name.replaceAll(/(^|\/)[@.]/gu, "$1"), readFileSync(join(folder, name), "utf8")]),
  );
}

/** The README of packages, by its path. Not by a walk through all of `node_modules`, which takes most of a minute. */
function readmes(most: number): Folder {
  const within = (path: string): string[] => readdirSync(join(MODULES, path)).map((name) => join(path, name));
  const packages = within("").flatMap((name) => (name.startsWith("@") ? within(name) : [name]));
  const isFolder = (path: string): boolean => statSync(join(MODULES, path)).isDirectory() && !path.includes("vultr");
  return readAll(
    MODULES,
    packages
      .filter(isFolder)
      .flatMap(within)
      .filter((name) => /\/readme\.md$/iu.test(name))
      .sort()
      .slice(0, most),
  );
}

let api: Emulated;
let collectionId: string;
beforeEach(async () => {
  ({ api, collectionId } = await withCollection());
});
afterEach(() => api.emulator.close());

describe("Real documents", () => {
  it.each([
    [
      "undici's manual",
      () =>
        readAll(
          join(MODULES, "undici/docs"),
          readdirSync(join(MODULES, "undici/docs"), { recursive: true, encoding: "utf8" }).filter((name) =>
            name.endsWith(".md"),
          ),
        ),
    ],
    ["READMEs", () => readmes(100)],
  ])("%s: the whole text of each is in its chunks, and nothing is sent twice", async (_what, read) => {
    const files = read();
    expect(Object.keys(files).length).toBeGreaterThan(30);
    const docs = new Deployed(collectionId).write(files);
    await docs.up(api);
    const kept = await held(api, collectionId, docs.owner);
    const outputs = docs.managed.outputs as { chunkCount: number };
    expect(Object.values(kept).flat()).toHaveLength(outputs.chunkCount);
    for (const [name, text] of Object.entries(files)) {
      const tree = await readDocument(name, Buffer.from(text));
      const chunks = await splitText(text, { name });
      // The API holds the chunks, and these come together to the whole text.
      expect([name, (kept[name] ?? []).toSorted()]).toEqual([name, chunks.map(({ content }) => content).toSorted()]);
      expect([name, squeezed(chunks.map((chunk) => chunk.text).join(""))]).toEqual([
        name,
        squeezed(textsIn(tree.blocks).join("")),
      ]);
    }
    expect(await docs.up(api)).toBe("same");
  });
});

describe("A history of ten commits", () => {
  it("costs little more than the paragraphs that were edited", async () => {
    const words =
      "bread cake rolls tarts buns are baked sold kept warm early late daily weekly always seldom here there".split(
        " ",
      );
    let seed = 7;
    const next = (most: number): number => (seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648) % most;
    const paragraph = (): string =>
      `${Array.from({ length: 30 + next(40) }, () => words[next(words.length)] ?? "").join(" ")}.`;
    const files: Record<string, string[][]> = Object.fromEntries(
      Array.from({ length: 20 }, (_, index) => [
        `${index}.md`,
        Array.from({ length: 6 }, () => Array.from({ length: 4 }, paragraph)),
      ]),
    );
    const folder = (): Folder =>
      Object.fromEntries(
        Object.entries(files).map(([name, sections]) => [
          name,
          sections.map((all, index) => `## Part ${index} of ${name}\n\n${all.join("\n\n")}`).join("\n\n"),
        ]),
      );
    const docs = new Deployed(collectionId).write(folder());
    await docs.up(api);
    let embedded = 0;
    let touched = 0;
    for (let commit = 0; commit < 10; commit++) {
      const sections = new Set<string[] | undefined>();
      for (let edit = 0; edit < 3; edit++) {
        const all = files[`${next(20)}.md`]?.[next(6)];
        all?.splice(next(4), 1, paragraph());
        sections.add(all);
      }
      touched += sections.size;
      api.calls();
      if (commit === 5) docs.managed.continueIn(nothingPrepared());
      await docs.write(folder()).up(api);
      embedded += counted(api)["addItem"] ?? 0;
    }
    // One chunk at least for each section that a commit touches; a section is a chunk or two here.
    expect(embedded).toBeGreaterThanOrEqual(touched);
    expect(embedded).toBeLessThanOrEqual(touched * 1.25);
  });
});
