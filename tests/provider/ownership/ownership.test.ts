import { InitializationFailure } from "../../../provider/engine/initialization-failure";
import { memoryJournal, type Creation } from "../../../provider/ownership/journal";
import { Ownership } from "../../../provider/ownership/ownership";

const beginning = {
  kind: "item",
  owner: "owner",
  origin: "https://api.example",
  account: "a",
  collectionId: "kb",
} as const;

let notes: Map<string, Creation>;
let alive: Set<number>;
beforeEach(() => {
  notes = new Map();
  alive = new Set();
});

/** A process of this machine; its clock moves by sleeping alone. */
function process_(): Ownership {
  let now = 0;
  const sleep = (milliseconds: number): Promise<void> => Promise.resolve(void (now += milliseconds));
  return new Ownership(memoryJournal(notes), { now: () => now, sleep }, ({ pid }) => alive.has(pid));
}

/** Begins a creation whose process is killed before it ends. */
function killed(): string {
  let begun = "";
  void process_().create(beginning, [], ({ claim, sending }) => {
    begun = claim;
    sending();
    return new Promise<never>(() => undefined);
  });
  return begun;
}

const claims = async (ownership: Ownership): Promise<string[]> =>
  (await ownership.abandoned(beginning)).map(({ claim }) => claim);

test("a creation that was killed is known to the next process as the resource's own", async () => {
  const claim = killed();
  expect(await claims(process_())).toEqual([claim]);
  await expect(process_().abandoned({ ...beginning, owner: "another" })).resolves.toEqual([]);
  await expect(process_().abandoned({ ...beginning, origin: "https://elsewhere.example" })).resolves.toEqual([]);
  await expect(process_().abandoned({ ...beginning, account: "another" })).resolves.toEqual([]);
  await expect(process_().abandoned({ ...beginning, owner: "" })).resolves.toEqual([]);
});

test("one that a state shows is not, also where the state belongs to a renamed resource and comes a moment later", async () => {
  const claim = killed();
  const next = process_();
  next.called();
  const asked = claims(next);
  next.called("kb/1", { claim, owner: "owner" }, true);
  expect(await asked).toEqual([]);
  expect(notes.size).toBe(0);
});

test("one of a process that still runs is nobody's to judge", async () => {
  const claim = killed();
  for (const creation of notes.values()) notes.set(creation.claim, { ...creation, pid: 1 });
  alive.add(1);
  expect(await claims(process_())).toEqual([]);
  alive.clear();
  expect(await claims(process_())).toEqual([claim]);
});

test("one that has ended is on record until the engine has ended, and then no more", async () => {
  const ownership = process_();
  await ownership.create(beginning, [], () => Promise.resolve({ id: "kb/1" }));
  await expect(
    ownership.create(beginning, [], () => Promise.reject(new InitializationFailure("kb/2", {}, "half"))),
  ).rejects.toThrow("half");
  await expect(ownership.create(beginning, [], () => Promise.reject(new Error("nothing was sent")))).rejects.toThrow(
    "nothing",
  );
  await expect(
    ownership.create(beginning, [], ({ sending, refused }) => {
      sending();
      refused();
      return Promise.reject(new Error("nothing was made"));
    }),
  ).rejects.toThrow("nothing");
  await expect(
    ownership.create(beginning, [], ({ sending }) => {
      sending();
      return Promise.reject(new Error("perhaps"));
    }),
  ).rejects.toThrow("perhaps");
  expect(notes.size).toBe(3);
  ownership.end();
  expect(notes.size).toBe(1);
});

test("one that goes on with others takes their place", async () => {
  killed();
  const ownership = process_();
  await ownership.create(beginning, await ownership.abandoned(beginning), () => Promise.resolve({ id: "kb/1" }));
  ownership.end();
  expect(notes.size).toBe(0);
});

test("an object is held by what the program declares, and by nothing that another process has begun", async () => {
  const ownership = process_();
  ownership.called("kb/1", { claim: "a1b2c3d4e5", owner: "owner" }, true);
  expect(ownership.isHeldByAnother("kb/1", "a1b2c3d4e5")).toBe(false);
  expect(ownership.isHeldByAnother("kb/1", "0000000000")).toBe(true);
  ownership.called("kb/2", { claim: "b1b2c3d4e5", owner: "other" });
  expect(ownership.isHeldByAnother("kb/2", "0000000000")).toBe(false);
  await process_().create({ ...beginning, kind: "file" }, [], ({ answered }) => {
    answered({ id: "3" });
    return Promise.resolve({ id: "kb/3" });
  });
  expect(ownership.isHeldByAnother("kb/3", "0000000000")).toBe(false);
  ownership.released("kb/1", "a1b2c3d4e5");
  expect(ownership.isHeldByAnother("kb/1", "0000000000")).toBe(false);
});
