import { createHash } from "node:crypto";
import fc from "fast-check";
import type { Lifecycle } from "../../../provider/pulumi/lifecycle";
import { ownerOf, readDescription } from "../../../provider/ownership/tag";
import { lifecycle as collection } from "../../../provider/resources/collection/lifecycle";
import { lifecycle as file } from "../../../provider/resources/file/lifecycle";
import { lifecycle as item } from "../../../provider/resources/item/lifecycle";
import type { FaultInput, OperationId } from "../../../local/emulator/index";
import type { Properties } from "../../../provider/engine/values";
import { emulated, type Emulated } from "../emulated";
import { Managed } from "../managed";

const SHELVES = ["Left", "Right"];
const TEXTS = ["Bread is baked on Mondays.", "Cake is baked on Fridays.", "On Sundays the oven is cold."];

const asset = (text: string): Properties => ({
  "4dabf18193072939515e22adb298388d": "c44067f5952c0a294b673a41bacd8c17",
  hash: createHash("sha256").update(text).digest("hex"),
  text,
});

/** One kind of resource: what a program may declare, and what the API must then hold. */
interface Kind {
  readonly lifecycle: Lifecycle<never, object>;
  readonly program: fc.Arbitrary<Properties>;
  /** The object that a program asks for. */
  readonly desired: (program: Properties) => object;
  /** All objects of the kind that the API holds. A title that nobody declared is left out. */
  readonly held: (api: Emulated, program: Properties) => Promise<object[]>;
  readonly creates: OperationId;
}

const shelf = fc.constantFrom(...SHELVES.map((name) => name.toLowerCase()));
let resources = 0;

const inShelves = async <T>(list: (collectionId: string) => Promise<T[]>): Promise<T[]> =>
  (await Promise.all(SHELVES.map((name) => list(name.toLowerCase())))).flat();

const KINDS: Record<string, Kind> = {
  collection: {
    lifecycle: collection,
    program: fc.record({ name: fc.constantFrom("Bread", "Cake", "Rolls") }),
    desired: ({ name }) => ({ name }),
    held: async ({ client }) =>
      (await client.collections.list()).filter(({ name }) => !SHELVES.includes(name)).map(({ name }) => ({ name })),
    creates: "createCollection",
  },
  item: {
    lifecycle: item,
    program: fc
      .record({
        collectionId: shelf,
        text: fc.constantFrom(...TEXTS),
        isAsset: fc.boolean(),
        description: fc.option(fc.constantFrom("A", "B"), { nil: undefined }),
      })
      .map(({ text, isAsset, ...rest }) => ({ ...rest, content: isAsset ? asset(text) : text })),
    desired: ({ collectionId, content, description }) => ({ collectionId, text: textOf(content), description }),
    held: ({ client }, { description: declared }) =>
      inShelves(async (collectionId) => {
        const items = await client.items.list(collectionId);
        const whole = await Promise.all(items.map(({ id }) => client.items.get(collectionId, id)));
        return whole.map(({ content, description }) => ({
          collectionId,
          text: content,
          description: declared && readDescription(description).title,
        }));
      }),
    creates: "addItem",
  },
  file: {
    lifecycle: file,
    program: fc
      .record({ collectionId: shelf, text: fc.constantFrom(...TEXTS), filename: fc.constantFrom("a.md", "b.txt") })
      .map(({ text, ...rest }) => ({ ...rest, source: asset(text), ingestionTimeoutSeconds: 86_400 })),
    desired: ({ collectionId, source, filename }) => ({ collectionId, text: textOf(source), filename }),
    held: ({ client }) =>
      inShelves(async (collectionId) => {
        const items = await client.items.list(collectionId);
        const texts = await Promise.all(
          items.map(async ({ id }) => (await client.items.get(collectionId, id)).content),
        );
        return (await client.files.list(collectionId)).map(({ filename }) => ({
          collectionId,
          text: texts.join(),
          filename,
        }));
      }),
    creates: "addFile",
  },
};

const textOf = (content: unknown): unknown =>
  typeof content === "object" && content !== null && "text" in content ? content.text : content;

/** What befalls the first attempt to make something new in a step. */
const FAULTS: Record<string, FaultInput | undefined> = {
  nothing: undefined,
  "the answer gets lost": { reset: true, processed: true },
  "the request gets lost": { reset: true, processed: false },
  "the API fails": { status: 500 },
};

async function world(): Promise<Emulated> {
  const api = await emulated();
  for (const name of SHELVES) await api.client.collections.create({ name });
  return api;
}

describe.each(Object.entries(KINDS))(
  "A resource of the kind %s",
  (_kind, { lifecycle, program, desired, held, creates }) => {
    const owned = program.map((declared) => ({ ...declared, ...(creates === "addItem" && { owner: "" }) }));

    it("is changed exactly where what is declared differs, and always ends as declared, alone", async () => {
      await fc.assert(
        fc.asyncProperty(fc.array(owned, { minLength: 2, maxLength: 5 }), async (programs) => {
          const api = await world();
          const resource = new Managed(lifecycle);
          const owner = ownerOf(`urn-${resources++}`);
          let before: object | undefined;
          for (const declared of programs) {
            const step = await resource.up(api, "owner" in declared ? { ...declared, owner } : declared);
            const after = desired(declared);
            expect(step === "same").toBe(JSON.stringify(before) === JSON.stringify(after));
            expect(await held(api, declared)).toEqual([after]);
            before = after;
          }
          await resource.destroy(api);
          await resource.destroy(api);
          expect(await held(api, {})).toEqual([]);
          await api.emulator.close();
        }),
        { numRuns: 15 },
      );
    });

    it("ends as declared, once, whatever befalls the requests on the way", async () => {
      const steps = fc.array(
        fc.record({
          declared: owned,
          fault: fc.constantFrom(...Object.keys(FAULTS)),
          isNewProcess: fc.boolean(),
          isRefreshed: fc.boolean(),
        }),
        {
          minLength: 2,
          maxLength: 5,
        },
      );
      await fc.assert(
        fc.asyncProperty(steps, async (sequence) => {
          const api = await world();
          const resource = new Managed(lifecycle);
          const owner = ownerOf(`urn-${resources++}`);
          for (const { declared, fault, isNewProcess, isRefreshed } of sequence) {
            const inputs = "owner" in declared ? { ...declared, owner } : declared;
            if (FAULTS[fault]) api.emulator.faults.add({ operation: creates, times: 1, ...FAULTS[fault] });
            const context = isNewProcess ? api.afresh() : api;
            await resource.up(context, inputs).catch(() => undefined);
            api.emulator.faults.clear();
            if (isRefreshed) await resource.refresh(context);
            await resource.up(context, inputs);
            expect(await held(api, declared)).toEqual([desired(declared)]);
            expect(await resource.up(context, inputs)).toBe("same");
          }
          await api.emulator.close();
        }),
        { numRuns: 15 },
      );
    });
  },
);
