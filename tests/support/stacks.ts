import { join } from "node:path";
import type { Engine } from "./engines.js";
import { Rig, type RigOptions } from "./stack.js";

/** Content that no stack has made. */
export const HAND = "Somebody wrote this by hand.";
/** The URN of a resource of the rigs' stack. */
export const urn = ({ isNative }: Engine, type: string, name: string): string =>
  `urn:pulumi:test::e2e::${isNative ? "vultr-inference:index" : "pulumi-nodejs:dynamic/vultr-inference"}:${type}::${name}`;

/** Opens stacks that end with the test. */
export function opened(engine: Engine): {
  open: (options?: RigOptions) => Promise<Rig>;
  beside: (rig: Rig, options?: RigOptions) => Promise<Rig>;
} {
  const rigs: Rig[] = [];
  afterEach(() => Promise.all(rigs.splice(0).map((rig) => rig.close())));
  const open = async (options: RigOptions = {}): Promise<Rig> => {
    const rig = await Rig.start(engine, options);
    rigs.push(rig);
    return rig;
  };
  return {
    open,
    /** A stack of the same project and name in another backend, on the same API. */
    beside: (rig, { environment, ...options } = {}) =>
      open({
        ...options,
        environment: {
          VULTR_INFERENCE_BASE_URL: rig.emulator.url,
          VULTR_INFERENCE_API_KEY: rig.emulator.key,
          PULUMI_HOME: join(rig.folder, "home"),
          ...environment,
        },
      }),
  };
}

/** The contents of a collection's items, in alphabetical order. */
export const contents = async (rig: Rig, collectionId: string): Promise<string[]> =>
  (await rig.items(collectionId)).map(({ content }) => content).sort();
/** Makes a collection by hand. @returns its id. */
export const make = async (rig: Rig, name: string): Promise<string> =>
  (await rig.ask<{ collection: { id: string } }>("POST", "/vector_store", { name })).collection.id;
/** Adds an item by hand. @returns its id. */
export const add = async (rig: Rig, collectionId: string, content: string, description = "By hand"): Promise<string> =>
  (await rig.ask<{ item: { id: string } }>("POST", `/vector_store/${collectionId}/items`, { content, description }))
    .item.id;
/** Documents of the program. */
export const texts = (...all: [string, string][]) => ({ texts: all.map(([name, text]) => ({ name, text })) });
