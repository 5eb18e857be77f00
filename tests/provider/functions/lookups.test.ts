import { findCollectionByName } from "../../../provider/functions/find-collection-by-name";
import { getCollection } from "../../../provider/functions/get-collection";
import { getFile } from "../../../provider/functions/get-file";
import { getItem } from "../../../provider/functions/get-item";
import { listCollections } from "../../../provider/functions/list-collections";
import { listFiles } from "../../../provider/functions/list-files";
import { listItems } from "../../../provider/functions/list-items";
import { listModels } from "../../../provider/functions/list-models";
import { listVoices } from "../../../provider/functions/list-voices";
import { itemDescription } from "../../support/tags";
import { emulated } from "../emulated";

let api: Awaited<ReturnType<typeof emulated>>;
let itemId: string;
let fileId: string;
beforeAll(async () => {
  api = await emulated();
  for (const name of ["Shelf", "Twins", "first", "second"]) await api.client.collections.create({ name });
  // A name that is taken is refused when a collection is created, not when it is renamed.
  for (const id of ["first", "second"]) await api.client.collections.update(id, { name: "twins" });
  const description = itemDescription("abcdefghijkl", "Bread.", "Bread");
  ({
    item: { id: itemId },
  } = await api.client.items.add("shelf", { content: "Bread is baked on Mondays.", description }));
  ({ id: fileId } = await api.client.files.add("twins", { filename: "a.txt", source: Buffer.from("Some text.") }));
});
afterAll(() => api.emulator.close());

test("a collection is found by its id", async () => {
  await expect(getCollection.run(api, { collectionId: "shelf" })).resolves.toEqual({
    id: "shelf",
    name: "Shelf",
    created: expect.any(String),
  });
});

test("all collections are listed, those without a stack, too", async () => {
  const { collections } = await listCollections.run(api, {});
  expect(collections.map(({ name }) => name)).toEqual(["Shelf", "Twins", "twins", "twins"]);
});

describe("A collection's name", () => {
  test("finds it letter by letter", async () => {
    await expect(findCollectionByName.run(api, { name: "Twins" })).resolves.toEqual({
      id: "twins",
      name: "Twins",
      created: expect.any(String),
    });
  });

  test("that nothing has is an error which lists what there is", async () => {
    await expect(findCollectionByName.run(api, { name: "shelf" })).rejects.toThrow(
      'no collection is named "shelf". There are "Shelf" (id shelf), "Twins" (id twins), ',
    );
  });

  test("that several have is an error which lists them with their ids", async () => {
    const failure: unknown = await findCollectionByName.run(api, { name: "twins" }).catch((error: unknown) => error);
    expect(String(failure)).toMatch(
      /^Error: findCollectionByName: 2 collections are named "twins": "twins" \(id first\), "twins" \(id second\)\. .*getCollection\.$/u,
    );
  });
});

test("an item is found with its content, and a title without the tag of whoever manages it", async () => {
  const found = {
    id: itemId,
    content: "Bread is baked on Mondays.",
    description: "Bread",
    created: expect.any(String),
  };
  await expect(getItem.run(api, { collectionId: "shelf", itemId })).resolves.toEqual(found);
});

test("items are listed with one request, without contents and tags", async () => {
  api.calls();
  await expect(listItems.run(api, { collectionId: "shelf" })).resolves.toEqual({
    items: [{ id: itemId, description: "Bread", created: expect.any(String) }],
  });
  expect(api.calls()).toEqual(["listItems"]);
});

test("an item of another collection is not found", async () => {
  await expect(getItem.run(api, { collectionId: "twins", itemId })).rejects.toThrow(
    `item "${itemId}" of collection "twins" does not exist`,
  );
});

test("files are found by their id and listed", async () => {
  const file = await getFile.run(api, { collectionId: "twins", fileId });
  expect(file).toMatchObject({
    id: fileId,
    filename: "a.txt",
    status: expect.any(String),
    items: expect.any(Number),
    tokens: expect.any(Number),
  });
  const { files } = await listFiles.run(api, { collectionId: "twins" });
  expect(files.map(({ filename }) => filename)).toEqual(["a.txt"]);
});

test("models are those for chat unless told otherwise; voices are names", async () => {
  const ids = async (kind?: "chat" | "speech"): Promise<string[]> =>
    (await listModels.run(api, { kind })).models.map(({ id }) => id);
  await expect(ids()).resolves.toContain("glm-5.3");
  await expect(ids("chat")).resolves.toEqual(await ids());
  await expect(ids("speech")).resolves.toEqual(["bark-small"]);
  expect((await listVoices.run(api, {})).voices).toContain("slt");
});
