import { onPath } from "../../cli/engine.js";
import { failureOf } from "../support/run.js";
import { YamlStack, type YamlProgram, type YamlResource } from "../support/yaml-stack.js";

const isOnPath = (name: string): boolean => onPath(name) !== undefined;
const onTheCli = isOnPath("pulumi") && isOnPath("pulumi-language-yaml") ? describe : describe.skip;

const resource = (
  type: string,
  properties: Record<string, unknown>,
  options?: Record<string, unknown>,
): YamlResource => ({
  type: `vultr-inference:${type}`,
  properties,
  ...(options && { options }),
});

/** Every resource, and what of them can be secret. Tests change what they are about. */
const faq = "${faq.collectionId}";
const resources: Record<string, YamlResource> = {
  faq: resource("Collection", { name: "FAQ" }),
  returns: resource("Item", { collectionId: faq, content: "Within 30 days.", description: "Returns" }),
  code: resource("Item", { collectionId: faq, content: { "fn::secret": "The code is 1234." } }),
  manual: resource("File", { collectionId: faq, source: "manual.md" }),
  note: resource("File", { collectionId: faq, source: { "fn::stringAsset": "A note." }, filename: "note.md" }),
  docs: resource("Documents", { collectionId: faq, source: "docs" }),
  texts: resource("Documents", {
    collectionId: faq,
    source: { texts: [{ name: "a.md", text: "A text of the program." }] },
  }),
  test: resource("RetrievalTest", {
    collectionId: "${docs.collectionId}",
    revision: "${docs.revision}",
    cases: [{ query: "When is it delivered?", expect: [{ document: "delivery.md" }] }],
    deadlineSeconds: 0,
  }),
  handbook: resource("KnowledgeBase", {
    name: "Handbook",
    documents: "docs",
    files: { prices: "prices.csv" },
    questions: [{ query: "When is it delivered?", expect: [{ document: "delivery.md" }] }],
  }),
};
const program = (changed: Record<string, YamlResource | undefined> = {}): YamlProgram => ({
  resources: Object.fromEntries(
    Object.entries({ ...resources, ...changed }).filter(
      (entry): entry is [string, YamlResource] => entry[1] !== undefined,
    ),
  ),
  outputs: {
    title: "${returns.description}",
    recall: "${handbook.recall}",
    hidden: "${code.contentHash}",
    count: "${docs.documentCount}",
  },
});
/** Declares a resource with these properties and options from here on. */
function change(name: string, properties: Record<string, unknown>, options?: Record<string, unknown>): void {
  const { type, properties: before, options: had } = resources[name] ?? { type: "" };
  const now = options ?? had;
  resources[name] = { type, properties: { ...before, ...properties }, ...(now && { options: now }) };
}

onTheCli("The life of a stack in YAML", () => {
  let yaml: YamlStack;
  beforeAll(async () => {
    yaml = await YamlStack.start("life");
    yaml.file("manual.md", "# Manual\n\nHow to use it.");
    yaml.file("prices.csv", "thing,price\nbread,3\n");
    yaml.file("docs/delivery.md", "# Delivery\n\nIt is delivered in three days.");
    yaml.file("docs/cats.md", "# Cats\n\nCats are fed at noon.");
  });
  afterAll(() => yaml.close());

  it("is previewed with what is not known yet", async () => {
    const { steps } = await yaml.preview(program());
    expect(steps).toHaveLength(12);
    expect(yaml.writes()).toEqual([]);
  });

  it("begins with every resource, and no secret in the state", async () => {
    const { steps, outputs } = await yaml.up();
    expect(steps.filter((step) => !step.startsWith("create "))).toEqual([]);
    expect(steps).toHaveLength(12);
    expect(outputs).toMatchObject({
      title: { value: "Returns", secret: false },
      recall: { value: 1, secret: false },
      hidden: { secret: true },
      count: { value: 2 },
    });
    expect(yaml.stateText()).not.toMatch(/1234|A text of the program/u);
    await expect(yaml.contents("faq")).resolves.toEqual(
      expect.arrayContaining(["Within 30 days.", "The code is 1234.", "A text of the program."]),
    );
  });

  it("stays as it is", async () => {
    expect((await yaml.up()).steps).toEqual([]);
    expect(yaml.writes()).toEqual([]);
    expect((await yaml.refresh()).steps).toEqual([]);
  });

  it("changes in place what can be, each change shown by its name", async () => {
    change("faq", { name: "Questions", forceDestroy: true });
    change("returns", { description: "Returning" });
    change("docs", { maxTokens: 100, overlapTokens: 0, unmanaged: "report", verify: "all" });
    yaml.file("docs/cats.md", "# Cats\n\nCats are fed at one.");
    const { printed } = await yaml.preview(program());
    expect(printed).toMatch(/name *: "FAQ" => "Questions"/u);
    expect(printed).toMatch(/description *: "Returns" => "Returning"/u);
    expect(printed).toMatch(/cats\.md/u);
    const { steps, outputs } = await yaml.up();
    expect(steps).toEqual([
      "update Collection faq",
      "update Documents docs",
      "update Documents handbook-documents",
      "update Item returns",
      "update RetrievalTest handbook-questions",
      "update RetrievalTest test",
    ]);
    expect(outputs["title"]?.value).toBe("Returning");
    await expect(yaml.ask("GET", "/vector_store")).resolves.toMatchObject({
      collections: expect.arrayContaining([expect.objectContaining({ id: "faq", name: "Questions" })]),
    });
    await expect(yaml.contents("handbook")).resolves.toContain("# Cats\n\nCats are fed at one.");
    expect((await yaml.up()).steps).toEqual([]);
  });

  it("replaces what cannot be changed", async () => {
    change("returns", { content: "Within 14 days." });
    change("code", { content: { "fn::secret": "The code is 9876." } });
    change("note", { filename: "notes.md" });
    yaml.file("manual.md", "# Manual\n\nHow to use it well.");
    const { printed } = await yaml.preview(program());
    expect(printed).toMatch(/content *: "Within 30 days\." => "Within 14 days\."/u);
    expect(printed).not.toMatch(/9876|1234/u);
    const { steps } = await yaml.up();
    expect(steps.filter((step) => step.startsWith("replace "))).toEqual([
      "replace File manual",
      "replace File note",
      "replace Item code",
      "replace Item returns",
    ]);
    expect(yaml.stateText()).not.toMatch(/9876/u);
    await expect(yaml.contents("faq")).resolves.not.toContain("Within 30 days.");
    expect((await yaml.up()).steps).toEqual([]);
  });

  it("leaves alone what ignoreChanges names", async () => {
    const before = { ...resources };
    change("returns", { content: "Never.", description: "Never" }, { ignoreChanges: ["content", "description"] });
    change("docs", { source: "nowhere" }, { ignoreChanges: ["source"] });
    change("manual", { source: "prices.csv", filename: "manual.md" }, { ignoreChanges: ["source"] });
    expect((await yaml.up(program())).steps).toEqual([]);
    Object.assign(resources, before);
  });

  it("notices what was changed or is gone, and puts it back", async () => {
    const [, item] = (yaml.state()["returns"]?.id ?? "").split("/");
    await yaml.ask("DELETE", `/vector_store/faq/items/${item}`);
    await yaml.ask("PATCH", "/vector_store/faq", { name: "Somebody's" });
    expect((await yaml.refresh()).steps).toEqual(["delete Item returns", "update Collection faq"]);
    expect((await yaml.up(program())).steps).toEqual(["create Item returns", "update Collection faq"]);
    await expect(yaml.contents("faq")).resolves.toContain("Within 14 days.");
    expect((await yaml.up()).steps).toEqual([]);
  });

  it("keeps what was made half with the reason, and makes it again", async () => {
    yaml.emulator.faults.add({ operation: "addFile", ingestion: "failed", times: 1 });
    yaml.file("broken.md", "Broken.");
    const broken = resource("File", { collectionId: faq, source: "broken.md" });
    const failed = await failureOf(yaml.up(program({ broken })));
    expect(failed.run.errors.join("\n")).toMatch(/broken\.md/u);
    expect(yaml.state()["broken"]?.initErrors).toEqual([expect.stringMatching(/broken\.md/u)]);
    expect((await yaml.up()).steps).toEqual([
      "create-replacement File broken",
      "delete-replaced File broken",
      "replace File broken",
    ]);
    expect((await yaml.up()).steps).toEqual([]);
  });

  it("keeps nothing of what could not be made, and makes it by the next up", async () => {
    yaml.emulator.faults.add({ operation: "addItem", status: 400, times: 1 });
    const item = resource("Item", { collectionId: faq, content: "Another." });
    const failed = await failureOf(yaml.up(program({ item })));
    expect(failed.run.errors.join("\n")).toMatch(/Could not add an item to collection "faq"/u);
    expect(yaml.state()["item"]).toBeUndefined();
    expect((await yaml.up()).steps).toEqual(expect.arrayContaining(["create Item item"]));
    expect((await yaml.up(program())).steps).toEqual(["delete Item item"]);
  });

  it.each<[RegExp, Record<string, YamlResource>]>([
    [/content is empty/u, { returns: resource("Item", { collectionId: faq, content: "" }) }],
    [
      /'handbook-documents' .*source does not exist/u,
      { handbook: resource("KnowledgeBase", { name: "Handbook", documents: "nowhere" }) },
    ],
    [
      /Property descripton does not exist/u,
      { returns: resource("Item", { collectionId: faq, content: "A", descripton: "B" }) },
    ],
  ])("says %s where that is wrong, before anything is asked of the API", async (message, wrong) => {
    const failed = await failureOf(yaml.preview(program(wrong)));
    expect(failed.run.printed).toMatch(message);
    expect(yaml.writes()).toEqual([]);
  });

  it("deletes nothing that is protected, and everything else in the end", async () => {
    change("faq", {}, { protect: true });
    expect((await yaml.up(program())).steps).toEqual([]);
    const failed = await failureOf(yaml.destroy());
    expect(failed.said).toMatch(/protect/u);
    await expect(yaml.ask("GET", "/vector_store/faq")).resolves.toHaveProperty("collection.id", "faq");
    change("faq", {}, {});
    await yaml.up(program());
    await yaml.destroy();
    await expect(yaml.ask("GET", "/vector_store")).resolves.toMatchObject({ collections: [] });
    expect(yaml.state()).toEqual({});
  });
});
