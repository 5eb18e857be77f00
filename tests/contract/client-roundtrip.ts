import type { Client } from "../../provider/client/index.js";

/**
 * One life of a collection with all that the client can do, against whatever serves the API. Each step looks at what
 * the one before has left.
 */
export const steps: readonly [name: string, step: (client: Client, made: Made) => Promise<void>][] = [
  [
    "a collection is made, found, renamed",
    async ({ collections }, made) => {
      const created = await collections.create({ name: "Round Trip" });
      made.collection = created.id;
      expect(await collections.get(created.id)).toEqual(created);
      const renamed = await collections.update(created.id, { name: "Renamed" });
      expect(renamed).toEqual({ ...created, name: "Renamed" });
      expect(await collections.list()).toContainEqual(renamed);
    },
  ],
  [
    "items are added, described again, listed without their content",
    async ({ items }, { collection, ...made }) => {
      const { item, usage } = await items.add(collection, {
        content: "Whales are mammals that live in the sea.",
        description: "whales",
      });
      expect(usage.totalTokens).toBeGreaterThan(0);
      await items.add(collection, { content: "Bread is baked from flour, water and salt." });
      expect(await items.get(collection, item.id)).toEqual(item);
      expect(await items.update(collection, item.id, { description: "sea mammals" })).toMatchObject({
        id: item.id,
        description: "sea mammals",
        content: item.content,
      });
      const listed = await items.list(collection);
      expect(listed).toHaveLength(2);
      expect(listed[0]).not.toHaveProperty("content");
      made.items.push(item.id);
    },
  ],
  [
    "a search finds the item that is meant",
    async ({ search }, { collection }) => {
      const { results, usage } = await search(collection, { input: "Which mammals live in the sea?" });
      expect(results[0]?.content).toContain("Whales");
      expect(usage?.promptTokens).toBeGreaterThan(0);
    },
  ],
  [
    "a file is uploaded, becomes items, and goes with them",
    async ({ files, items }, { collection }) => {
      const before = (await items.list(collection)).length;
      const added = await files.add(collection, {
        filename: "notes.md",
        source: Buffer.from("# Notes\n\nThe moon goes round the earth.\n"),
      });
      expect(added.filename).toBe("notes.md");
      let file = added;
      while (!["completed", "failed"].includes(file.status)) {
        await new Promise(setImmediate);
        file = await files.get(collection, added.id);
      }
      expect(file).toMatchObject({ status: "completed", items: 1 });
      expect(await files.list(collection)).toEqual([file]);
      await files.delete(collection, file.id);
      expect(await items.list(collection)).toHaveLength(before);
    },
  ],
  [
    "chat and RAG chat answer, whole and streamed alike",
    async ({ chat, ragChat, models }, { collection }) => {
      const model = (await models.list())[0]?.id ?? "";
      const args = {
        model,
        messages: [{ role: "user" as const, content: "Where do whales live?" }],
        temperature: 0,
        seed: 1,
      };
      for (const [whole, streamed] of [
        [await chat.create(args), await chat.stream(args).completion()],
        [await ragChat.create({ ...args, collection }), await ragChat.stream({ ...args, collection }).completion()],
      ] as const) {
        expect(whole.choices[0]?.message.content).toBeTruthy();
        expect(streamed.choices[0]?.message).toEqual(whole.choices[0]?.message);
      }
    },
  ],
  [
    "a tool that is required is called",
    async ({ chat, models }) => {
      const model = (await models.list())[0]?.id ?? "";
      const tools = [
        { type: "function" as const, function: { name: "look_up", parameters: { type: "object", properties: {} } } },
      ];
      const args = {
        model,
        messages: [{ role: "user" as const, content: "Look it up." }],
        tools,
        toolChoice: "required" as const,
      };
      const calls = [await chat.create(args), await chat.stream(args).completion()].map(
        ({ choices }) => choices[0]?.message.toolCalls[0]?.function.name,
      );
      expect(calls).toEqual(["look_up", "look_up"]);
    },
  ],
  [
    "a text is spoken",
    async ({ speech, models, voices }) => {
      const model = (await models.listAudio())[0]?.id ?? "";
      const voice = (await voices.list())[0]?.voice ?? "";
      const { audio, mediaType } = await speech.create({ model, voice, input: "Hello." });
      expect(mediaType).toContain("audio/");
      expect(audio.length).toBeGreaterThan(1000);
    },
  ],
  [
    "the log knows what was asked, and health is well",
    async ({ logs, health }) => {
      expect((await logs.lookUp({ period: 15 })).length).toBeGreaterThan(5);
      expect(await health.get()).toEqual({ healthy: true });
    },
  ],
  [
    "what is deleted is gone, and deleting it again says so",
    async ({ collections, items }, { collection, items: [item = ""] }) => {
      await items.delete(collection, item);
      await expect(items.get(collection, item)).rejects.toMatchObject({ code: "not_found" });
      await collections.delete(collection);
      await expect(collections.delete(collection)).rejects.toMatchObject({ code: "not_found" });
      await expect(items.list(collection)).rejects.toMatchObject({ code: "not_found" });
    },
  ],
];

/** What the steps hand on. */
export interface Made {
  collection: string;
  readonly items: string[];
}
