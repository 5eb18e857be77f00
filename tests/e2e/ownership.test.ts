import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { OddApi } from "../support/odd-api.js";
import { onEachEngine } from "../support/engines.js";
import { failureOf } from "../support/run.js";
import type { Declaration, Rig } from "../support/stack.js";
import { add, contents, HAND, make, opened, texts, urn } from "../support/stacks.js";

onEachEngine("What a stack manages", (engine) => {
  const { open, beside } = opened(engine);

  it("stays where a resource that took it over has another name, though the old name has no alias", async () => {
    const rig = await open();
    const kb = await make(rig, "Handbook");
    const item = await add(rig, kb, HAND);
    const declared = (prefix: string): Declaration => ({
      collections: { [`${prefix}kb`]: { name: "Handbook", adopt: kb } },
      items: { [`${prefix}note`]: { in: kb, content: HAND, adopt: item } },
    });
    await rig.up(declared("a"));
    const { printed } = await rig.up(declared("b"));
    expect(printed).toContain('Kept the collection "handbook": another resource of this stack has taken it over.');
    expect(printed).toMatch(/Kept the item "handbook\/[^"]+": another resource has taken it over/u);
    expect(await contents(rig, kb)).toEqual([HAND]);
    expect(Object.keys(rig.state()).sort()).toEqual(["bkb", "bnote"]);
    expect((await rig.up()).steps).toEqual([]);
    expect((await rig.refresh()).steps).toEqual([]);
  });

  it("is not deleted with a collection that was there before, unless the program says forceDestroy", async () => {
    const rig = await open();
    const kb = await make(rig, "Handbook");
    await add(rig, kb, HAND);
    const declared = (forceDestroy?: boolean): Declaration => ({
      collections: { kb: { name: "Handbook", adoptByName: true, forceDestroy } },
      items: { note: { in: "kb", content: "Ours." } },
    });
    await rig.up(declared());
    const failure = await failureOf(rig.destroy());
    expect(failure.run.errors.join("\n")).toMatch(
      /was taken over, and holds 1 item that this stack did not put there.*forceDestroy: true/u,
    );
    expect(await contents(rig, kb)).toEqual([HAND]);
    const { printed } = await rig.preview(declared(true));
    expect(printed).toContain(
      "A deletion of the collection will also delete what this stack did not put there: 1 item.",
    );
    await rig.up();
    await rig.destroy();
    expect(await rig.collections()).toEqual([]);
  });

  it("is never the new resource's that gets the old name of a renamed one", async () => {
    const rig = await open();
    const kb = await make(rig, "Handbook");
    const old: Declaration = {
      items: { a: { in: kb, content: "First." } },
      documents: { docs: { in: kb, source: texts(["a.md", "Alpha."], ["b.md", "Beta."]) } },
    };
    await rig.up(old);
    const renamed: Declaration = {
      items: { b: { in: kb, content: "First.", options: { aliases: [{ name: "a" }] } } },
      documents: { more: { in: kb, source: texts(["a.md", "Alpha."], ["b.md", "Beta."]), formerly: "docs" } },
    };
    expect((await rig.up(renamed)).steps).toEqual(["update Documents more", "update Item b"]);
    await rig.up({
      items: { ...renamed.items, a: { in: kb, content: "Second." } },
      documents: { ...renamed.documents, docs: { in: kb, source: texts(["c.md", "Gamma."]) } },
    });
    expect(await contents(rig, kb)).toEqual(["Alpha.", "Beta.", "First.", "Gamma.", "Second."]);
    expect((await rig.refresh()).steps).toEqual([]);
    expect((await rig.up()).steps).toEqual([]);
  });

  it("is never another stack's of the same name in another backend, whether contents differ or not", async () => {
    const one = await open();
    const two = await beside(one);
    const kb = await make(one, "Shared");
    const declared = (text: string): Declaration => ({
      items: { a: { in: kb, content: text }, same: { in: kb, content: "Said by both." } },
      documents: {
        docs: { in: kb, source: texts(["own.md", `${text} In a document.`], ["same.md", "Written by both."]) },
      },
    });
    await one.up(declared("One."));
    await two.up(declared("Two."));
    expect(await contents(one, kb)).toEqual([
      "One.",
      "One. In a document.",
      "Said by both.",
      "Two.",
      "Two. In a document.",
      "Written by both.",
    ]);
    for (const rig of [one, two]) {
      expect((await rig.refresh()).steps).toEqual([]);
      expect((await rig.up()).steps).toEqual([]);
    }
    const { printed } = await two.destroy();
    expect(printed).toMatch(/Kept the item .* has it, too.*npx vultr-inference delete/u);
    expect(await contents(one, kb)).toEqual(["One.", "One. In a document.", "Said by both.", "Written by both."]);
    expect((await one.refresh()).steps).toEqual([]);
    await one.destroy();
    expect(await contents(one, kb)).toEqual([]);
  });

  it("does not count as gone at another address or under the key of another account", async () => {
    const rig = await open();
    const other = await open();
    await rig.up({
      collections: { kb: { name: "Handbook" } },
      items: { a: { in: "kb", content: "A text." } },
      documents: { docs: { in: "kb", source: texts(["a.md", "Alpha."]) } },
      files: { f: { in: "kb", source: { text: "A file." }, filename: "f.txt" } },
    });
    const before = Object.keys(rig.state()).sort();
    rig.environment({ VULTR_INFERENCE_BASE_URL: other.emulator.url, VULTR_INFERENCE_API_KEY: other.emulator.key });
    for (const operation of [() => rig.refresh(), () => rig.destroy()]) {
      const failure = await failureOf(operation());
      expect(failure.run.errors.join("\n")).toMatch(/does not mean that it was deleted, so nothing was changed/u);
      expect(Object.keys(rig.state()).sort()).toEqual(before);
    }
    rig.environment({ VULTR_INFERENCE_BASE_URL: rig.emulator.url, VULTR_INFERENCE_API_KEY: rig.emulator.key });
    expect((await rig.refresh()).steps).toEqual([]);
  });

  it("survives deletions that are only claimed, and creations that are answered with something else", async () => {
    const rig = await open();
    const kb = await make(rig, "Handbook");
    const foreign = await add(rig, kb, HAND);
    const stranger = (await rig.items(kb))[0];
    rig.emulator.faults.add({
      operation: "addItem",
      status: 200,
      times: 1,
      body: { item: { ...stranger, created: "2026-01-01T00:00:00Z" }, usage: { prompt_tokens: 1, total_tokens: 1 } },
    });
    const failure = await failureOf(rig.up({ items: { a: { in: kb, content: "Ours." } } }));
    expect(failure.run.errors.join("\n")).toContain(
      `answered the creation of the item of the collection "handbook" with another object, "${foreign}"`,
    );
    await rig.up({
      items: { a: { in: kb, content: "Ours." } },
      documents: { docs: { in: kb, source: texts(["a.md", "Alpha."], ["b.md", "Beta."]) } },
    });
    expect(await contents(rig, kb)).toEqual(["Alpha.", "Beta.", "Ours.", HAND].sort());
    rig.emulator.faults.add({ operation: "deleteItem", status: 204, nth: [1, 2] });
    await rig.destroy();
    expect(await contents(rig, kb)).toEqual([HAND]);
  });

  it("is not a stranger's collection that has got the id of a deleted one", async () => {
    const rig = await open();
    await rig.up({ collections: { kb: { name: "Handbook" } } });
    await rig.ask("DELETE", "/vector_store/handbook");
    await make(rig, "Handbook");
    await add(rig, "handbook", HAND);
    const { printed } = await rig.destroy();
    expect(printed).toContain("another one has its id since");
    expect(await contents(rig, "handbook")).toEqual([HAND]);
  });

  it(
    "is found again after its state was lost, also under a name that it was given later; a collection of its own " +
      "stops the deployment",
    async () => {
      const rig = await open();
      const kb = await make(rig, "Handbook");
      const declared: Declaration = {
        items: { b: { in: kb, content: "First.", options: { aliases: [{ name: "a" }] } } },
        documents: { more: { in: kb, source: texts(["a.md", "Alpha."]), formerly: "docs" } },
      };
      await rig.up({
        items: { a: { in: kb, content: "First." } },
        documents: { docs: { in: kb, source: texts(["a.md", "Alpha."]) } },
      });
      await rig.up(declared);
      await lose(rig);
      await rig.up(declared);
      expect(rig.writes()).not.toContain("addItem");
      expect(await contents(rig, kb)).toEqual(["Alpha.", "First."]);
      expect((await rig.up()).steps).toEqual([]);

      const own = (adoptByName?: boolean): Declaration => ({
        collections: { own: { name: "Own", adoptByName } },
        documents: { docs: { in: "own", source: texts(["a.md", "Alpha."]) } },
      });
      await rig.up(own());
      await lose(rig);
      const failure = await failureOf(rig.up(own()));
      expect(failure.run.errors.join("\n")).toMatch(
        /the collection "own" has the name "Own" already.*Nothing was made.*adoptByName: true/u,
      );
      expect(rig.writes()).toEqual([]);
      await rig.up(own(true));
      expect(rig.writes()).not.toContain("addItem");
      expect(await contents(rig, "own")).toEqual(["Alpha."]);
    },
  );

  it("is not pruned where the same program takes it over, and what is, was told before", async () => {
    const rig = await open();
    const kb = await make(rig, "Handbook");
    const [taken] = [await add(rig, kb, "Taken over."), await add(rig, kb, HAND)];
    const declared: Declaration = {
      documents: { docs: { in: kb, source: texts(["a.md", "Alpha."], ["b.md", "Beta."]), unmanaged: "prune" } },
      items: { taken: { in: kb, content: "Taken over.", adopt: taken } },
    };
    const first = await rig.up(declared);
    expect(first.printed).toMatch(
      /holds \d items? that nothing manages: ".*The next "pulumi up" deletes what nothing manages by then/u,
    );
    expect(await contents(rig, kb)).toEqual(["Alpha.", "Beta.", HAND, "Taken over."]);
    expect((await rig.preview()).printed).toContain('unmanaged: "prune" deletes what nothing manages, at most');
    await rig.up();
    expect(await contents(rig, kb)).toEqual(["Alpha.", "Beta.", "Taken over."]);
    expect((await rig.up()).steps).toEqual([]);
  });

  it("is neither changed at each up nor made twice where the API keeps other forms of it", async () => {
    const rig = await open();
    const odd = await OddApi.before(rig.emulator.url);
    rig.environment({ VULTR_INFERENCE_BASE_URL: odd.url });
    odd.oddness = {
      sent: ({ method, body }) => {
        if (method === "GET" || typeof body !== "object" || body === null) return undefined;
        const { name, content, description } = body as Record<string, string | undefined>;
        return {
          ...body,
          ...(name !== undefined && { name: name.trim().toUpperCase() }),
          ...(content !== undefined && { content: content.replaceAll("\r\n", "\n").normalize("NFD").trim() }),
          ...(description !== undefined && { description: description.toLowerCase() }),
        };
      },
    };
    const declared: Declaration = {
      collections: { kb: { name: " Händbook " } },
      items: { a: { in: "kb", content: "Fír\r\nst.\n", description: "A Title" } },
      documents: { docs: { in: "kb", source: texts(["A.md", "# Großes\n\nAlphä."]) } },
    };
    rig.emulator.faults.add({ operation: "addItem", reset: true, processed: true, nth: [1, 2] });
    rig.emulator.faults.add({ operation: "createCollection", reset: true, processed: true, nth: 1 });
    await rig.up(declared);
    expect(await rig.collections()).toHaveLength(1);
    expect(await rig.items(rig.stored("kb").id)).toHaveLength(2);
    expect((await rig.refresh()).steps).toEqual([]);
    expect((await rig.up()).steps).toEqual([]);
    await rig.destroy();
    expect(await rig.collections()).toEqual([]);
    await odd.close();
  });

  it("has what a lost request made late named by a refresh, and removed by the next up", async () => {
    const rig = await open();
    const kb = await make(rig, "Handbook");
    const odd = await OddApi.before(rig.emulator.url);
    rig.environment({ VULTR_INFERENCE_BASE_URL: odd.url, VULTR_INFERENCE_MAX_RETRIES: "0" });
    let lost = 0;
    odd.oddness = {
      late: ({ method, path }) => (method === "POST" && path.endsWith("/items") && ++lost <= 2 ? 4_000 : undefined),
    };
    const declared: Declaration = {
      items: { a: { in: kb, content: "First." } },
      documents: { docs: { in: kb, source: texts(["a.md", "Alpha."]) } },
    };
    await rig.up(declared).catch(() => undefined);
    await rig.up(declared);
    await odd.caughtUp();
    await rig.refresh();
    await rig.up(declared);
    expect(await contents(rig, kb)).toEqual(["Alpha.", "First."]);
    expect((await rig.refresh()).steps).toEqual([]);
    await odd.close();
  });

  if (engine.name === "Pulumi CLI") {
    it("is deleted by a saved plan as far as the plan says, whatever became of the folder since", async () => {
      const rig = await open({ environment: { PULUMI_EXPERIMENTAL: "true" } });
      const kb = await make(rig, "Handbook");
      const folder = join(rig.folder, "docs");
      mkdirSync(folder);
      for (const name of ["a", "b", "c", "d"]) writeFileSync(join(folder, `${name}.md`), `${name} in words.`);
      const declared: Declaration = { documents: { docs: { in: kb, source: folder } } };
      await rig.up(declared);
      rmSync(join(folder, "d.md"));
      const plan = join(rig.folder, "plan.json");
      await rig.preview(declared, { plan });
      rmSync(join(folder, "c.md"));
      await failureOf(rig.up(declared, { plan }));
      expect(await contents(rig, kb)).toEqual(["a in words.", "b in words.", "c in words.", "d in words."]);
      writeFileSync(join(folder, "c.md"), "c in words.");
      await rig.up(declared, { plan });
      expect(await contents(rig, kb)).toEqual(["a in words.", "b in words.", "c in words."]);
    });

    it.each(["Item", "Documents", "Collection"])(
      "stays where %s is replaced though nothing of it has changed",
      async (type) => {
        const rig = await open();
        const kb = await make(rig, "Handbook");
        const item = await add(rig, kb, HAND);
        const declared: Declaration = {
          collections: { adopted: { name: "Handbook", adopt: kb } },
          items: { a: { in: kb, content: "First." }, adopted2: { in: kb, content: HAND, adopt: item } },
          documents: { docs: { in: kb, source: texts(["a.md", "Alpha."], ["b.md", "Beta."]) } },
        };
        await rig.up(declared);
        const names = { Item: ["a", "adopted2"], Documents: ["docs"], Collection: ["adopted"] }[type] ?? [];
        const all = names.map((name) => urn(engine, type, name));
        for (const options of [{ replace: all }, { replace: all, target: all }]) {
          await rig.up(declared, options);
          expect(await contents(rig, kb)).toEqual(["Alpha.", "Beta.", "First.", HAND]);
          expect((await rig.refresh()).steps).toEqual([]);
          expect((await rig.up()).steps).toEqual([]);
        }
      },
    );
  }
});

/** Loses the state, as where the machine that had it is gone. */
async function lose(rig: Rig): Promise<void> {
  rmSync(join(rig.folder, "state/.pulumi/stacks/e2e/test.json"));
  rmSync(join(rig.folder, "home/vultr-inference"), { recursive: true, force: true });
  await rig.stack.workspace.createStack("test");
}
