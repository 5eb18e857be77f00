import { createHash } from "node:crypto";
import { withResponse } from "../../../provider/client/api-promise";
import { lifecycle as fileLifecycle } from "../../../provider/resources/file/lifecycle";
import { lifecycle } from "../../../provider/resources/item/lifecycle";
import type { Inputs, State } from "../../../provider/resources/item/schema";
import { ownerOf } from "../../../provider/ownership/tag";
import { emulated, type Emulated } from "../emulated";
import { Managed } from "../managed";
import { Deployed } from "./documents/support";

let api: Emulated;
let collectionId: string;
beforeEach(async () => {
  api = await emulated();
  collectionId = (await api.client.collections.create({ name: "Shelf" })).id;
});
afterEach(() => api.emulator.close());

let resources = 0;
const contents = async (): Promise<string[]> => {
  const items = await api.client.items.list(collectionId);
  return (await Promise.all(items.map(({ id }) => api.client.items.get(collectionId, id))))
    .map(({ content }) => content)
    .sort();
};
const item = (): Managed<Inputs, State> => new Managed<Inputs, State>(lifecycle);
const program = (content = "Bread.", owner = ownerOf(`item-${resources++}`)) => ({ collectionId, content, owner });

/** Deploys, and loses the engine's result, as where the process is killed. */
async function interrupted(one: { up: (context: Emulated) => Promise<unknown> }, context: Emulated): Promise<void> {
  await one.up(context);
}

describe("A creation that was interrupted on another machine", () => {
  it("is neither doubled nor taken away: its content is shared, and kept and named by a destroy", async () => {
    const declared = program();
    await interrupted({ up: (context) => item().up(context, declared) }, api);
    const [next, one] = [api.elsewhere(), item()];
    await one.up(next, declared);
    expect(await contents()).toEqual(["Bread."]);
    expect(await one.up(next, declared)).toBe("same");
    await one.destroy(next);
    expect(await contents()).toEqual(["Bread."]);
    expect(next.reports.at(-1)).toMatch(/^Kept the item "shelf\/.*npx vultr-inference delete "shelf\//u);
  });

  it("is kept and named where the program has changed its content since", async () => {
    const declared = program("Old.");
    await interrupted({ up: (context) => item().up(context, declared) }, api);
    const next = api.elsewhere();
    await item().up(next, { ...declared, content: "New." });
    expect(await contents()).toEqual(["New.", "Old."]);
    expect(next.reports).toEqual([
      expect.stringMatching(
        /tagged as this resource's, but unknown to its state.*npx vultr-inference delete "shelf\//u,
      ),
    ]);
  });

  it("of documents is shared chunk by chunk, and what is not declared any more is kept and named by its claim", async () => {
    const before = new Deployed(collectionId).write({ "a.md": "Alpha.", "b.md": "Beta.", "c.md": "Gamma." });
    await interrupted(before, api);
    const [next, docs] = [
      api.elsewhere(),
      new Deployed(collectionId, {}, before.owner).write({ "a.md": "Alpha.", "b.md": "Beta." }),
    ];
    next.calls();
    await docs.up(next);
    expect(next.calls()).not.toContain("addItem");
    const claim = String(before.managed.outputs["claim"]);
    expect(next.reports.at(-1)).toContain(`delete them with: npx vultr-inference delete "shelf" --claim ${claim}`);
    await docs.managed.destroy(next);
    expect(await contents()).toEqual(["Alpha.", "Beta.", "Gamma."]);
    await before.managed.destroy(api);
    expect(await contents()).toEqual([]);
  });
});

describe("A long deployment of documents", () => {
  it("does not delete what another state has come to manage as well while it uploads", async () => {
    const docs = new Deployed(collectionId).write({ "a.md": "Alpha.", "b.md": "Beta." });
    await docs.up(api);
    const other = new Deployed(collectionId, {}, docs.owner).write({ "a.md": "Alpha.", "b.md": "Beta." });
    const next = api.afresh();
    const add = next.client.items.add.bind(next.client.items);
    next.client.items.add = (...given) =>
      withResponse(async () => {
        await other.up(api.elsewhere());
        await next.clock.sleep(60_000);
        return add(...given);
      });
    await docs.write({ "a.md": "Alpha.", "c.md": "Gamma." }).up(next);
    expect(await contents()).toEqual(["Alpha.", "Beta.", "Gamma."]);
    expect(next.reports.at(-1)).toContain("Kept 1 chunk");
  });
});

describe("A resource whose item another one has taken over", () => {
  it("says so, changes nothing of it, and gets one of its own after a refresh", async () => {
    const [one, two] = [item(), item()];
    const first = program();
    await one.up(api, first);
    const taken = String(one.outputs["itemId"]);
    await two.up(api.afresh(), { ...program(), adopt: taken });
    await expect(one.up(api.afresh(), { ...first, description: "Another title" })).rejects.toThrow(
      /is managed by another resource now, and was left as it is/u,
    );
    const next = api.afresh();
    await one.refresh(next);
    expect(await one.up(next, first)).toBe("replace");
    expect(next.reports).toEqual([`Kept the item "shelf/${taken}": another resource has taken it over.`]);
    expect(await contents()).toEqual(["Bread.", "Bread."]);
    await one.destroy(api.afresh());
    expect((await api.client.items.list(collectionId)).map(({ id }) => id)).toEqual([taken]);
  });
});

describe("An answer to the creation of an item", () => {
  it.each([
    ["lost", { reset: true, processed: true }],
    ["a refusal for its rate, though it was carried out", { status: 429, processed: true }],
    ["a page of HTML, though it was carried out", { status: 200, html: true, processed: true }],
    ["no JSON", { badJson: true }],
  ] as const)("that is %s makes no second one", async (_, fault) => {
    api.emulator.faults.add({ operation: "addItem", ...fault, times: 1 });
    const one = item();
    await one.up(api, program());
    expect(await contents()).toEqual(["Bread."]);
    await one.destroy(api.afresh());
    expect(await contents()).toEqual([]);
  });

  it("that is about an item which the list has shown already is not believed", async () => {
    const { item: other } = await api.client.items.add(collectionId, { content: "Bread.", description: "By hand" });
    api.emulator.faults.add({
      operation: "addItem",
      status: 200,
      body: { item: { ...other }, usage: { prompt_tokens: 1, total_tokens: 1 } },
      times: 1,
    });
    await expect(item().up(api, program())).rejects.toThrow(`with another object, "${other.id}"`);
    expect((await api.client.items.list(collectionId)).map(({ description }) => description)).toEqual(["By hand"]);
  });

  it("that was lost for good leaves what comes late to the next deployment", async () => {
    const declared = program();
    api.emulator.faults.add({ operation: "addItem", reset: true, times: 1 });
    const one = item();
    await expect(one.up(api, declared)).rejects.toThrow();
    const [creation] = api.notes();
    await one.up(api.afresh(), declared);
    const { description } = (await api.client.items.list(collectionId))[0] ?? { description: "" };
    await api.client.items.add(collectionId, {
      content: "Bread.",
      description: description.replace(String(one.outputs["claim"]), creation?.claim ?? ""),
    });
    await one.refresh(api.afresh());
    expect(one.outputs["leftovers"]).toHaveLength(1);
    expect(await one.up(api.afresh(), declared)).toBe("update");
    expect(await contents()).toEqual(["Bread."]);
    await one.refresh(api.afresh());
    expect(await one.up(api.afresh(), declared)).toBe("same");
  });
});

describe("What an interrupted run has made", () => {
  const file = (text: string, owner: string) => ({
    collectionId,
    source: {
      "4dabf18193072939515e22adb298388d": "c44067f5952c0a294b673a41bacd8c17",
      hash: createHash("sha256").update(text).digest("hex"),
      text,
    },
    filename: "prices.txt",
    owner,
  });

  it("is replaced where it is a file whose source has changed since", async () => {
    const owner = ownerOf("file");
    await new Managed(fileLifecycle).up(api, file("Old prices.", owner));
    const next = api.afresh();
    await new Managed(fileLifecycle).up(next, file("New prices.", owner));
    expect(await contents()).toEqual(["New prices."]);
    expect(next.notes().filter(({ returned }) => returned !== true)).toEqual([]);
  });

  it("goes where the resource is declared in another collection by now", async () => {
    const declared = program();
    await item().up(api, declared);
    const other = (await api.client.collections.create({ name: "Other" })).id;
    const [next, one] = [api.afresh(), item()];
    await one.up(next, { ...declared, collectionId: other });
    expect(await contents()).toEqual([]);
    expect(await api.client.items.list(other)).toHaveLength(1);
  });

  it("goes with the next update where the program went back to what there was before", async () => {
    const [one, declared] = [item(), program("Good.")];
    await one.up(api, declared);
    // The engine never came to know of the replacement.
    const killed = api.afresh();
    killed.ownership.called(`${collectionId}/${String(one.outputs["itemId"])}`, one.outputs, true);
    await item().up(killed, { ...declared, content: "Bad." });
    const next = api.afresh();
    expect(next.ownership.isUnsettled(one.outputs)).toBe(true);
    await one.up(next, { ...declared, description: "The good one" });
    expect(await contents()).toEqual(["Good."]);
    expect(api.afresh().ownership.isUnsettled(one.outputs)).toBe(false);
  });
});

describe("One answer of the API", () => {
  it("that shows an item as it was before another stack took it over does not delete it", async () => {
    const one = item();
    await one.up(api, program());
    const id = String(one.outputs["itemId"]);
    const list = await api.client.items.list(collectionId);
    await item().up(api.elsewhere(), { ...program(), adopt: id });
    const next = api.afresh();
    api.emulator.faults.add({ operation: "listItems", status: 200, body: { items: list }, times: 1 });
    await one.destroy(next);
    expect(await contents()).toEqual(["Bread."]);
  });

  it("that tells of another item than the one whose metadata was updated is nothing to go by", async () => {
    const { item: other } = await api.client.items.add(collectionId, { content: "By hand.", description: "By hand" });
    const docs = new Deployed(collectionId).write({ "a.md": "Alpha.", "b.md": "Beta." });
    await docs.up(api);
    api.emulator.faults.add({ operation: "updateItem", status: 200, body: { item: { ...other } }, times: 1 });
    docs.write({ "c.md": "Alpha.", "b.md": "Beta." });
    await docs.up(api.afresh()).catch(() => undefined);
    await docs.up(api.afresh());
    expect(await contents()).toEqual(["Alpha.", "Beta.", "By hand."]);
    await docs.managed.destroy(api.afresh());
    expect(await contents()).toEqual(["By hand."]);
  });
});
