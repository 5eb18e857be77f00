import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { loadProject } from "../../../../local/engine/project/project.js";
import { temporaryFolder } from "../fixtures/index.js";

function project(text: string, ...below: string[]): ReturnType<typeof loadProject> {
  const root = temporaryFolder();
  writeFileSync(join(root, "Pulumi.yaml"), text);
  mkdirSync(join(root, ...below), { recursive: true });
  return loadProject(join(root, ...below));
}

describe("the project", () => {
  it("is found from a folder below it", () => {
    const found = project("name: p\nruntime: nodejs\n", "deep", "er");
    expect(found).toMatchObject({ name: "p", entryPoint: ".", typescript: true, nodeArgs: [] });
    expect(found.workDir).toBe(found.root);
  });

  it("may name where its program is, and how Node.js runs it", () => {
    const found = project(
      'name: p\nmain: app\nruntime:\n  name: nodejs\n  options: { nodeargs: --a "b c", typescript: false, ' +
        "tsconfig: t.json }\n",
    );
    expect(found.workDir).toBe(join(found.root, "app"));
    expect(found).toMatchObject({ nodeArgs: ["--a", "b c"], typescript: false, tsconfig: "t.json" });
    const file = project("name: p\nmain: app/main.js\nruntime: nodejs\n");
    expect(file).toMatchObject({ workDir: join(file.root, "app"), entryPoint: join(file.root, "app/main.js") });
  });

  it("may give config values for all its stacks", () => {
    const { defaults } = project(
      "name: p\nruntime: nodejs\nconfig:\n  a: 1\n  o:b: { default: x }\n  c: { type: string }\n",
    );
    expect(defaults).toEqual({ "p:a": 1, "o:b": "x" });
  });

  it.each([
    ["runtime: nodejs\n", /`name` is missing/u],
    [
      "name: p\nruntime: python\n",
      /The runtime "python" of .* is not supported by the local engine; use the Pulumi CLI/u,
    ],
    ["name: p\nruntime: nodejs\nplugins: { analyzers: [] }\n", /`plugins.analyzers` in .* is not supported/u],
    ["name: [", /could not read the project file/u],
  ])("is refused where this engine cannot follow it: %j", (text, message) => {
    expect(() => project(text)).toThrow(message);
  });
});
