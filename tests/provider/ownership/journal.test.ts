import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { folderJournal, journalFolder, stackIdentity, type Creation } from "../../../provider/ownership/journal";

let folder: string;
beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), "journal-"))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const creation: Creation = {
  claim: "a1b2c3d4e5",
  owner: "owner",
  kind: "file",
  origin: "https://api.example",
  account: "a",
  collectionId: "kb",
  pid: 1,
  at: 2,
};

test("what is noted is there for the next process, until it is forgotten", () => {
  const journal = folderJournal(join(folder, "deep/er"), "stack");
  journal.note(creation);
  journal.note({ ...creation, id: "f1" });
  const next = folderJournal(join(folder, "deep/er"), "stack");
  expect(next.open()).toEqual([{ ...creation, id: "f1", stack: "stack" }]);
  next.forget(creation.claim);
  expect(journal.open()).toEqual([]);
  expect(() => journal.forget(creation.claim)).not.toThrow();
});

test("what another process has taken away or added is seen, though what was noted here is not read again", () => {
  const journal = folderJournal(folder, "stack");
  journal.note(creation);
  writeFileSync(join(folder, "a1b2c3d4e5.json"), "{");
  expect(journal.open()).toHaveLength(1);
  rmSync(join(folder, "a1b2c3d4e5.json"));
  expect(journal.open()).toEqual([]);
  const other = { ...creation, claim: "f6g7h8i9j0" };
  folderJournal(folder, "stack").note(other);
  expect(journal.open()).toEqual([{ ...other, stack: "stack" }]);
});

test("stacks of one name in different backends or folders do not see each other's creations as theirs", () => {
  const env = { PULUMI_HOME: folder };
  const identities = [
    { ...env, PULUMI_BACKEND_URL: "file:///a" },
    { ...env, PULUMI_BACKEND_URL: "file:///b" },
    env,
  ].map((each) => stackIdentity(each, "/project"));
  writeFileSync(
    join(folder, "credentials.json"),
    JSON.stringify({
      current: "https://api.pulumi.example",
      accessTokens: { "https://api.pulumi.example": "a token" },
    }),
  );
  identities.push(stackIdentity(env, "/project"), stackIdentity(env, "/elsewhere"));
  expect(new Set(identities).size).toBe(5);
  const [one = "", two = ""] = identities;
  folderJournal(folder, one).note(creation);
  expect(folderJournal(folder, two).open()).toEqual([]);
  expect(folderJournal(folder, one).open()).toHaveLength(1);
});

test("it lies in the Pulumi home, readable by its owner alone, and holds no name, content or key", () => {
  expect(journalFolder({ PULUMI_HOME: folder })).toBe(join(folder, "vultr-inference/creations"));
  const journal = folderJournal(journalFolder({ PULUMI_HOME: folder }), "stack");
  journal.note(creation);
  const [file = ""] = readdirSync(journalFolder({ PULUMI_HOME: folder }));
  const path = join(journalFolder({ PULUMI_HOME: folder }), file);
  expect(statSync(path).mode & 0o777).toBe(0o600);
  expect(Object.keys(JSON.parse(readFileSync(path, "utf8")) as object).sort()).toEqual([
    "account",
    "at",
    "claim",
    "collectionId",
    "kind",
    "origin",
    "owner",
    "pid",
    "stack",
  ]);
});

test("a folder that cannot be written to, and files that are none of it, are no error", () => {
  const blocked = folderJournal(join(folder, "file/below"), "stack");
  writeFileSync(join(folder, "file"), "");
  expect(() => blocked.note(creation)).not.toThrow();
  expect(blocked.open()).toEqual([]);
  for (const [name, text] of [
    ["a.json", "{"],
    ["b.json", "{}"],
    ["c.txt", ""],
  ] as const)
    writeFileSync(join(folder, name), text);
  expect(folderJournal(folder, "stack").open()).toEqual([]);
});

test("a claim from a state that somebody has changed leads out of the folder nowhere", () => {
  writeFileSync(join(folder, "keep.json"), "{}");
  folderJournal(join(folder, "journal"), "stack").forget("../keep");
  expect(readdirSync(folder)).toEqual(["keep.json"]);
});
