import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startEmulator, type Emulator } from "../../../local/emulator/index";
import type { Properties } from "../../../provider/engine/values";
import { sha256 } from "../../../provider/inputs/hash";
import { handler, type Handler } from "../../../provider/pulumi/handler";
import { lifecycle as collection } from "../../../provider/resources/collection/lifecycle";
import { lifecycle as documents } from "../../../provider/resources/documents/lifecycle";
import { lifecycle as file } from "../../../provider/resources/file/lifecycle";
import { lifecycle as item } from "../../../provider/resources/item/lifecycle";
import { Session } from "../../../provider/session/session";

const folder = mkdtempSync(join(tmpdir(), "session-"));
const documentsFolder = join(folder, "documents");
mkdirSync(documentsFolder);
writeFileSync(join(documentsFolder, "bread.md"), "# Bread\n\nBread is baked on Mondays.\n");
process.env["PULUMI_HOME"] = join(folder, "home");

let emulator: Emulator;
beforeAll(async () => void (emulator = await startEmulator({ embeddings: "light" })));
afterAll(async () => {
  await emulator.close();
  rmSync(folder, { recursive: true, force: true });
});

/** The provider's rooms as a process of the engine has them: each with a handler of its own, all over one session. */
function startProcess(): Readonly<Record<"collection" | "documents" | "file" | "item", Handler>> {
  const session = new Session(undefined);
  const values: Readonly<Record<string, string>> = {
    "vultr-inference:apiKey": emulator.key,
    "vultr-inference:baseUrl": emulator.url,
  };
  const config = { get: (key: string) => values[key], require: (key: string) => values[key] ?? "" };
  const configured = (room: Handler): Handler => {
    void room.configure({ config });
    return room;
  };
  const open = (): Session => session;
  return {
    collection: configured(handler(collection, open)),
    documents: configured(handler(documents, open)),
    file: configured(handler(file, open)),
    item: configured(handler(item, open)),
  };
}

interface Deployed {
  readonly room: keyof ReturnType<typeof startProcess>;
  readonly id: string;
  readonly outs: Properties;
}

async function deployed(
  rooms: ReturnType<typeof startProcess>,
  room: Deployed["room"],
  program: Properties,
): Promise<Deployed> {
  const { inputs, failures } = await rooms[room].check({}, program);
  expect(failures).toEqual([]);
  const { id, outs } = await rooms[room].create(inputs!);
  return { room, id, outs: outs ?? {} };
}

const ASSET = { "4dabf18193072939515e22adb298388d": "c44067f5952c0a294b673a41bacd8c17" };

test("a refresh lists a collection once, however many resources of whatever kind are in it", async () => {
  const up = startProcess();
  const shelf = await deployed(up, "collection", { name: "Shelf" });
  const within = { collectionId: shelf.id };
  const text = "Rolls are baked on Fridays.";
  const all = [
    shelf,
    await deployed(up, "item", { ...within, content: "Bread is baked on Mondays.", owner: "aaaaaaaaaaaa" }),
    await deployed(up, "item", {
      ...within,
      content: "Cake is baked on Sundays.",
      owner: "bbbbbbbbbbbb",
      confidential: true,
    }),
    await deployed(up, "documents", { ...within, source: documentsFolder, owner: "cccccccccccc" }),
    await deployed(up, "file", {
      ...within,
      source: { ...ASSET, hash: sha256(text), text },
      filename: "rolls.txt",
      owner: "dddddddddddd",
    }),
  ];

  const refresh = startProcess();
  emulator.journal.clear();
  const found = await Promise.all(all.map(({ room, id, outs }) => refresh[room].read(id, outs)));
  expect(found.map(({ id }) => id)).toEqual(all.map(({ id }) => id));
  expect(emulator.journal.map(({ operation }) => operation).sort()).toEqual([
    "getCollection",
    "listFiles",
    "listItems",
  ]);
});
