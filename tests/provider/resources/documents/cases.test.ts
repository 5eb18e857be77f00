import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { lifecycle } from "../../../../provider/resources/documents/lifecycle";
import type { Inputs, State } from "../../../../provider/resources/documents/schema";
import { ownerOf, readDescription } from "../../../../provider/ownership/tag";
import type { Properties } from "../../../../provider/engine/values";
import { emulated, type Emulated } from "../../emulated";
import { Managed } from "../../managed";

const CASES = join(__dirname, "cases");

/** What is expected of a document. See README.md there. */
interface Expected {
  readonly sections?: readonly (readonly string[])[];
  readonly holds?: readonly string[];
  readonly lacks?: readonly string[];
  readonly together?: readonly (readonly string[])[];
  readonly each?: readonly string[];
  readonly noChunkEnds?: readonly string[];
  readonly maxChunks?: number;
  readonly sameAs?: string;
  readonly refused?: string;
}

interface Case {
  readonly why: string;
  readonly include?: readonly string[];
  readonly says?: readonly string[];
  readonly documents: Readonly<Record<string, Expected>>;
}

interface Chunk {
  readonly section: readonly string[];
  readonly content: string;
}

const cases = readdirSync(CASES)
  .filter((name) => existsSync(join(CASES, name, "expect.json")))
  .map((name) => ({ name, ...(JSON.parse(readFileSync(join(CASES, name, "expect.json"), "utf8")) as Case) }));
const isAlone = ({ include, says }: Case): boolean => include !== undefined || says !== undefined;
const flat = (text: string): string => text.normalize("NFC").replace(/\s+/gu, " ").trim();

let api: Emulated;
/** Two collections cannot have one name. */
let deployments = 0;

/** What a collection holds of the cases' documents, by their paths, and what was shown. */
interface Deployment {
  readonly chunks: ReadonlyMap<string, readonly Chunk[]>;
  readonly shown: string;
}

/** Deploys a part of the cases' folder, one request at a time, so that the chunks come in order. */
async function deploy(source: Properties): Promise<Deployment> {
  const { id: collectionId } = await api.client.collections.create({ name: `Cases ${deployments++}` });
  const owner = ownerOf(`cases-${collectionId}`);
  const before = api.reports.length;
  await new Managed<Inputs, State>(lifecycle).up(api, {
    collectionId,
    owner,
    onUnreadable: "skip",
    source: { folder: CASES, ...source },
  });
  const chunks = new Map<string, Chunk[]>();
  for (const { id, description } of await api.client.items.list(collectionId)) {
    const [document = "", ...section] = readDescription(description).title.split(" › ");
    const { content } = await api.client.items.get(collectionId, id);
    chunks.set(document, [
      ...(chunks.get(document) ?? []),
      { section: section.map(flat), content: content.normalize("NFC").trim() },
    ]);
  }
  return { chunks, shown: api.reports.slice(before).join("\n") };
}

/** Everything that is otherwise than expected of a document. */
function differences(path: string, expected: Expected, { chunks: all, shown }: Deployment): string[] {
  const refusal = shown.split("\n").find((line) => line.startsWith(`! ${path}  `));
  if (expected.refused !== undefined)
    return refusal?.includes(expected.refused)
      ? []
      : [`is not refused with "${expected.refused}", but: ${refusal ?? "read"}`];
  const chunks = all.get(path);
  if (!chunks) return [`is not in the collection: ${refusal ?? ""}`];
  const texts = chunks.map(({ content }) => flat(content));
  const some = (...phrases: readonly string[]): boolean =>
    texts.some((text) => phrases.every((phrase) => text.includes(flat(phrase))));
  const sections = chunks
    .map(({ section }) => section.join(" › "))
    .filter((section, index, every) => index === 0 || section !== every[index - 1]);
  const wanted = expected.sections?.map((section) => section.map(flat).join(" › "));
  const others = new Set(
    expected.sameAs === undefined
      ? []
      : all.get(path.replace(/[^/]+$/u, expected.sameAs))?.map(({ content }) => content),
  );
  return [
    ...(wanted !== undefined && JSON.stringify(wanted) !== JSON.stringify(sections)
      ? [`has the sections ${JSON.stringify(sections)}`]
      : []),
    ...(expected.holds ?? []).filter((phrase) => !some(phrase)).map((phrase) => `holds no "${phrase}"`),
    ...(expected.lacks ?? []).filter((phrase) => some(phrase)).map((phrase) => `holds "${phrase}"`),
    ...(expected.together ?? [])
      .filter((phrases) => !some(...phrases))
      .map((phrases) => `has no chunk with all of ${JSON.stringify(phrases)}`),
    ...(expected.each ?? [])
      .filter((phrase) => !texts.every((text) => text.includes(flat(phrase))))
      .map((phrase) => `has a chunk without "${phrase}"`),
    ...(expected.noChunkEnds ?? [])
      .filter((source) => chunks.some(({ content }) => new RegExp(source, "u").test(content)))
      .map((source) => `has a chunk that ends in ${source}`),
    ...(expected.maxChunks !== undefined && chunks.length > expected.maxChunks ? [`is ${chunks.length} chunks`] : []),
    ...(expected.sameAs !== undefined && chunks.some(({ content }) => !others.has(content))
      ? [`is not as ${expected.sameAs}`]
      : []),
  ];
}

describe("A reader's expectation of documents", () => {
  let together: Deployment;
  beforeAll(async () => {
    api = { ...(await emulated()), concurrency: 1 };
    together = await deploy({
      exclude: ["**/expect.json", "README.md", ...cases.filter(isAlone).map(({ name }) => name)],
    });
  });
  afterAll(() => api.emulator.close());

  it.each(cases.filter((one) => !isAlone(one)).map((one) => [one.name, one] as const))(
    "is met: %s",
    (name, { documents, why }) => {
      const found = Object.entries(documents).map(
        ([file, expected]) => [file, differences(`${name}/${file}`, expected, together)] as const,
      );
      expect([why, ...found.filter(([, wrong]) => wrong.length > 0)]).toEqual([why]);
    },
  );

  it.each(cases.filter(isAlone).map((one) => [one.name, one] as const))(
    "is met by itself: %s",
    async (name, { documents, why, says = [], include = ["**"] }) => {
      const deployed = await deploy({ include: include.map((glob) => `${name}/${glob}`), exclude: ["**/expect.json"] });
      const found = Object.entries(documents).map(
        ([file, expected]) => [file, differences(`${name}/${file}`, expected, deployed)] as const,
      );
      const unsaid = says.filter((words) => !deployed.shown.includes(words));
      expect([why, ...found.filter(([, wrong]) => wrong.length > 0), ...unsaid]).toEqual([why]);
    },
  );
});
