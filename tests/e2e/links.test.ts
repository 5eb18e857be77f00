import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onEachEngine } from "../support/engines.js";
import { ROOT } from "../support/project-copy.js";
import { failureOf } from "../support/run.js";
import { Rig, type Declaration } from "../support/stack.js";

const SECRET = "The key of the runner is 5f1c77aa.";

onEachEngine("A pull request's links", (engine) => {
  let rig: Rig;
  /**
   * The stack's folder in a repository, as a pull request can change it. Beside the repository lies what it must not
   * reach.
   */
  const home = realpathSync(mkdtempSync(join(tmpdir(), "links-")));
  const stack = join(home, "repo/stack");

  beforeAll(async () => {
    for (const folder of ["repo/.git", "repo/stack", "repo/shared", "outside/deep"])
      mkdirSync(join(home, folder), { recursive: true });
    cpSync(join(ROOT, "tests/e2e/programs/declared"), stack, { recursive: true });
    symlinkSync(join(ROOT, "node_modules"), join(home, "node_modules"));
    for (const name of ["outside/key.md", "outside/deep/key.md"]) writeFileSync(join(home, name), SECRET);
    writeFileSync(join(home, "repo/shared/a.md"), "Shared with others.");
    rig = await Rig.start(engine, { program: stack });
  });
  afterAll(async () => {
    await rig.close();
    rmSync(home, { recursive: true, force: true });
  });

  const collections = { kb: { name: "kb" } };
  const documents = (source: unknown): Declaration => ({ collections, documents: { docs: { in: "kb", source } } });
  const file = (source: string | { file: string }, more = {}): Declaration => ({
    collections,
    files: { doc: { in: "kb", source, ...more } },
  });
  const item = (path: string, more = {}): Declaration => ({
    collections,
    items: { note: { in: "kb", content: { file: path }, ...more } },
  });

  /** Makes what a case needs in an empty folder `w` of the stack. */
  function make(...links: readonly (readonly [string, string])[]): void {
    rmSync(join(stack, "w"), { recursive: true, force: true });
    mkdirSync(join(stack, "w/docs"), { recursive: true });
    writeFileSync(join(stack, "w/docs/own.md"), "Our own.");
    for (const [name, target] of links) symlinkSync(target.replace("~", home), join(stack, "w", name));
  }

  it.each<[string, readonly (readonly [string, string])[], Declaration]>([
    ["a folder that is a link", [["out", "~/outside"]], documents("w/out")],
    ["a parent that is a link", [["out", "../../../outside"]], documents("w/out/deep")],
    ["a document that is a link", [["docs/key.md", "~/outside/key.md"]], documents({ folder: "w/docs" })],
    ["a folder within that is a link", [["docs/more", "~/outside"]], documents("w/docs")],
    [
      "a link to a link",
      [
        ["hop", "~/outside/key.md"],
        ["docs/key.md", "../hop"],
      ],
      documents("w/docs"),
    ],
    ["a File's path", [["key.md", "~/outside/key.md"]], file("w/key.md")],
    ["a File's asset", [["out", "~/outside"]], file({ file: "w/out/deep/key.md" })],
    ["an Item's asset", [["key.md", "~/outside/key.md"]], item("w/key.md")],
  ])("are not followed out of the repository: %s", async (_what, links, declaration) => {
    make(...links);
    // What a preview checks, an up checks first: the engine asks the same.
    const { said } = await failureOf(rig.up(declaration));
    expect(said).toMatch(/symbolic link.*followLinks: true/su);
    expect(said).not.toContain("5f1c77aa");
    expect(rig.stateText()).not.toContain("5f1c77aa");
  });

  it("are followed within the repository, with followLinks, and where the program itself spells a path out", async () => {
    make(["docs/a.md", "~/repo/shared/a.md"], ["key.md", "~/outside/key.md"]);
    mkdirSync(join(stack, "w/more"));
    symlinkSync(join(home, "outside/key.md"), join(stack, "w/more/key.md"));
    const names = ["inside", "folder", "file", "item", "spelled"] as const;
    await rig.up({
      collections: Object.fromEntries(names.map((name) => [name, { name }])),
      documents: {
        inside: { in: "inside", source: { folder: "w/docs", exclude: ["own.md"] } },
        folder: { in: "folder", source: { folder: "w/more", followLinks: true } },
      },
      files: {
        file: { in: "file", source: "w/key.md", followLinks: true },
        spelled: { in: "spelled", source: join(home, "outside/key.md") },
      },
      items: { item: { in: "item", content: { file: "w/key.md" }, followLinks: true } },
    });
    const held = await Promise.all(names.map(async (name) => (await rig.items(name)).map(({ content }) => content)));
    expect(held).toEqual([["Shared with others."], [SECRET], [SECRET], [SECRET], [SECRET]]);
    await rig.destroy();
  });

  it("and pipes and devices block nothing", async () => {
    make(["docs/endless.md", "/dev/zero"]);
    execFileSync("mkfifo", [join(stack, "w/docs/pipe.md"), join(stack, "w/docs/.gitignore"), join(stack, "w/pipe.md")]);
    for (const declaration of [file("w/pipe.md"), item("w/pipe.md")]) {
      expect((await failureOf(rig.preview(declaration))).said).toContain("is not a regular file");
    }
    expect((await failureOf(rig.preview(documents("w/docs")))).said).toMatch(
      /"endless\.md", which is a symbolic link to a place outside the repository/u,
    );
    rmSync(join(stack, "w/docs/endless.md"));
    expect((await rig.preview(documents("w/docs"))).printed).toContain("own.md");
  });
});
