import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { OddApi } from "../support/odd-api.js";
import { onEachEngine } from "../support/engines.js";
import { failureOf } from "../support/run.js";
import type { Declaration } from "../support/stack.js";
import { add, contents, HAND, make, opened, texts, urn } from "../support/stacks.js";

onEachEngine("Where somebody makes a mistake, a stack", (engine) => {
  const { open } = opened(engine);

  it("tells no name that it gives as a secret, where it names the collections that are there", async () => {
    const rig = await open();
    const collections = { hidden: { name: { secret: "Hidden handbook" } }, open: { name: "Open" } };
    await rig.up({ collections });
    for (const wrong of [{ adopt: "nowhere" }, { adoptByName: true }]) {
      const { said } = await failureOf(rig.up({ collections: { wrong: { name: "Wrong", ...wrong }, ...collections } }));
      expect(said).toContain('"open" (Open)');
      expect(said).toContain('"hiddenhandbook"');
      expect(said).not.toContain("Hidden handbook");
    }
  });

  it("takes no collection over that it has refused, however often it is deployed", async () => {
    const rig = await open();
    await make(rig, "Handbook");
    rig.emulator.faults.add({ operation: "listCollections", status: 500, times: 3 });
    for (let run = 0; run < 3; run++) await failureOf(rig.up({ collections: { kb: { name: "Handbook" } } }));
    await add(rig, "handbook", HAND);
    await rig.destroy();
    expect(await contents(rig, "handbook")).toEqual([HAND]);
    await rig.up({ collections: { one: { name: "Shelf" } } });
    for (let run = 0; run < 2; run++)
      await failureOf(rig.up({ collections: { one: { name: "Shelf" }, two: { name: "shelf" } } }));
    expect((await rig.collections()).map(({ name }) => name)).toEqual(["Handbook", "Shelf"]);
  });

  it("does not lose sight of a knowledge base's documents where the line that adopted its collection is gone", async () => {
    const rig = await open({ program: "knowledge-base" });
    const kb = await make(rig, "Handbook");
    await add(rig, kb, HAND);
    const documents = join(rig.folder, "docs");
    mkdirSync(documents);
    writeFileSync(join(documents, "a.md"), "Alpha.");
    rig.declare({ bases: { manual: { args: { name: "Handbook", adopt: kb, documents } } } } as never);
    await rig.up();
    rig.declare({ bases: { manual: { args: { name: "Handbook", documents } } } } as never);
    await rig.up();
    expect((await failureOf(rig.destroy())).said).toContain("was taken over, and holds 1 item");
    expect(await contents(rig, kb)).toEqual([HAND]);
  });

  it("writes nothing into another account's collection that has the same id", async () => {
    const rig = await open();
    const other = await open();
    for (const one of [rig, other]) await make(one, "Handbook");
    const declared = (text: string): Declaration => ({
      items: { a: { in: "handbook", content: text } },
      documents: { docs: { in: "handbook", source: texts(["a.md", "Alpha."], ["b.md", `${text} of b.`]) } },
    });
    await rig.up(declared("First."));
    rig.environment({ VULTR_INFERENCE_BASE_URL: other.emulator.url, VULTR_INFERENCE_API_KEY: other.emulator.key });
    expect((await failureOf(rig.up(declared("Second.")))).said).toContain("nothing was changed");
    expect(await contents(other, "handbook")).toEqual([]);
    rig.environment({ VULTR_INFERENCE_BASE_URL: rig.emulator.url, VULTR_INFERENCE_API_KEY: rig.emulator.key });
    await rig.up();
    expect(await contents(rig, "handbook")).toEqual(["Alpha.", "Second.", "Second. of b."]);
    await rig.destroy();
    expect(await contents(rig, "handbook")).toEqual([]);
  });

  it("keeps a hand-made item with a description that was copied from its own", async () => {
    const rig = await open();
    const kb = await make(rig, "Handbook");
    await rig.up({ items: { a: { in: kb, content: "Ours." } } });
    const [ours] = await rig.items(kb);
    await add(rig, kb, HAND, ours?.description);
    await rig.refresh();
    await rig.up();
    expect(await contents(rig, kb)).toEqual(["Ours.", HAND]);
  });

  it("forgets no documents because of one wrong answer that there are none", async () => {
    const rig = await open();
    const kb = await make(rig, "Handbook");
    await rig.up({ documents: { docs: { in: kb, source: texts(["a.md", "Alpha."]) } } });
    rig.emulator.faults.add({ operation: "listItems", status: 404, body: { message: "not found" }, times: 1 });
    await rig.destroy();
    expect(await contents(rig, kb)).toEqual([]);
  });

  it("makes no file at each deployment where the API keeps another name of it", async () => {
    const rig = await open();
    const kb = await make(rig, "Handbook");
    const odd = await OddApi.before(rig.emulator.url);
    rig.environment({ VULTR_INFERENCE_BASE_URL: odd.url });
    const safe = (json: unknown): unknown =>
      JSON.parse(
        JSON.stringify(json ?? null, (key, value: unknown) =>
          key === "filename" ? String(value).replaceAll(/[^\w.]+/gu, "_") : value,
        ),
      );
    odd.oddness = { answered: ({ path }, answer) => (path.includes("/files") ? safe(answer) : undefined) };
    await rig.up({ files: { f: { in: kb, source: { text: "Prices." }, filename: "prices 2026.txt" } } });
    expect((await rig.up()).steps).toEqual([]);
    await rig.destroy();
    await odd.close();
    expect(await contents(rig, kb)).toEqual([]);
  });
});

/** A collection can be replaced first only where the engine takes the flag. */
onEachEngine("A collection that is replaced in place", (engine) => {
  const { open } = opened(engine);
  (engine.name === "Pulumi CLI" ? it : it.skip)(
    "gets its items, documents and files again in the same deployment",
    async () => {
      const rig = await open();
      const declared: Declaration = {
        collections: { kb: { name: "Handbook", options: { deleteBeforeReplace: true } } },
        items: { a: { in: "kb", content: "Ours." } },
        documents: { docs: { in: "kb", source: texts(["a.md", "Alpha."]) } },
        files: { f: { in: "kb", source: { text: "Prices." }, filename: "prices.txt" } },
      };
      await rig.up(declared);
      await rig.up(declared, { replace: [urn(engine, "Collection", "kb")] });
      expect(await contents(rig, rig.stored("kb").id)).toEqual(["Alpha.", "Ours.", "Prices."]);
      expect((await rig.refresh()).steps).toEqual([]);
    },
  );
});
