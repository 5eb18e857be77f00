import { onEachEngine } from "../support/engines.js";
import { Rig, type Declaration } from "../support/stack.js";

type Declared = Required<Pick<Declaration, "collections" | "items" | "files">>;

const replaced = (resource: string): string[] => [
  `create-replacement ${resource}`,
  `delete-replaced ${resource}`,
  `replace ${resource}`,
];

onEachEngine("A change of", (engine) => {
  let rig: Rig;
  let declared: Declared;
  beforeAll(async () => {
    rig = await Rig.start(engine, { environment: { VULTR_INFERENCE_MAX_RETRIES: "0" } });
    declared = {
      collections: { left: { name: "Left" }, right: { name: "Right" } },
      items: { note: { in: "left", content: "Bread is baked on Mondays.", description: "Bread" } },
      files: { leaf: { in: "left", source: rig.file("leaf.md", "Cake is baked on Fridays.") } },
    };
    await rig.up({ ...declared });
  });
  afterAll(() => rig.close());

  it.each<[string, (now: Declared) => void, string[], string[]]>([
    ["nothing", () => undefined, [], []],
    [
      "a collection's name",
      ({ collections }) => (collections["left"] = { name: "Far left" }),
      ["update Collection left"],
      ["updateCollection"],
    ],
    [
      "a collection's adopt",
      ({ collections }) => (collections["left"] = { name: "Far left", adopt: "elsewhere" }),
      [],
      [],
    ],
    [
      "a collection's adoptByName",
      ({ collections }) => (collections["left"] = { name: "Far left", adoptByName: true }),
      [],
      [],
    ],
    [
      "an item's description",
      (now) => change(now.items, "note", { description: "About bread" }),
      ["update Item note"],
      ["updateItem"],
    ],
    ["an item's adopt", (now) => change(now.items, "note", { adopt: "elsewhere" }), [], []],
    [
      "an item's content",
      (now) => change(now.items, "note", { content: "Bread is baked daily." }),
      replaced("Item note"),
      ["addItem", "deleteItem"],
    ],
    [
      "an item's collectionId",
      (now) => change(now.items, "note", { in: "right" }),
      replaced("Item note"),
      ["addItem", "deleteItem"],
    ],
    [
      "a file's source, to the same bytes",
      (now) => change(now.files, "leaf", { source: { text: "Cake is baked on Fridays." }, filename: "leaf.md" }),
      [],
      [],
    ],
    [
      "a file's source, to other bytes",
      (now) => change(now.files, "leaf", { source: { text: "Cake is baked daily." } }),
      replaced("File leaf"),
      ["addFile", "deleteFile"],
    ],
    [
      "a file's filename",
      (now) => change(now.files, "leaf", { filename: "leaf.txt" }),
      replaced("File leaf"),
      ["addFile", "deleteFile"],
    ],
    [
      "a file's collectionId",
      (now) => change(now.files, "leaf", { in: "right" }),
      replaced("File leaf"),
      ["addFile", "deleteFile"],
    ],
    [
      "how a file is waited for",
      (now) => change(now.files, "leaf", { waitForIngestion: false, ingestionTimeoutSeconds: 5 }),
      [],
      [],
    ],
    ["a file's adopt", (now) => change(now.files, "leaf", { adopt: "elsewhere" }), [], []],
  ])("%s", async (_what, make, steps, writes) => {
    make(declared);
    const run = await rig.up({ ...declared });
    expect(run.steps).toEqual(steps);
    expect(rig.writes()).toEqual(writes);
  });

  it("everything in a preview, to what is not known yet, sends nothing and promises no loss", async () => {
    const collections = { ...declared.collections, new: { name: "New" } };
    const { steps } = await rig.preview({
      collections,
      items: { note: { ...declared.items["note"], in: "new" } },
      files: { leaf: { ...declared.files["leaf"], in: "new" } },
    });
    expect(steps).toContain("create Collection new");
    expect(steps.filter((step) => step.startsWith("delete"))).toEqual([]);
    expect(rig.calls().filter((call) => call !== "listCollections")).toEqual([]);
  });

  it("a file, whose upload is not answered, is made once", async () => {
    rig.emulator.faults.add({ operation: "addFile", reset: true, processed: true, times: 1 });
    change(declared.files, "leaf", { source: { text: "Cake is baked no more." } });
    expect((await rig.up({ ...declared })).steps).toEqual(replaced("File leaf"));
    const { files } = await rig.ask<{ files: { id: string }[] }>("GET", "/vector_store/right/files");
    expect(files.map(({ id }) => `right/${id}`)).toEqual([rig.stored("leaf").id]);
  });

  it("everything to nothing, also where it is gone already", async () => {
    for (const [kind, name] of [
      ["files", "leaf"],
      ["items", "note"],
    ] as const) {
      const [collection, id] = rig.stored(name).id.split("/");
      await rig.ask("DELETE", `/vector_store/${collection}/${kind}/${id}`);
    }
    await rig.ask("DELETE", "/vector_store/left");
    await rig.destroy();
    expect(rig.state()).toEqual({});
    expect(await rig.collections()).toEqual([]);
  });
});

function change<T extends object>(resources: Record<string, T>, name: string, values: object): void {
  resources[name] = { ...resources[name], ...values } as T;
}
