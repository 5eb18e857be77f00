import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Project } from "../../../../local/engine/project/project.js";
import { selectedStack, selectStack } from "../../../../local/engine/project/selection.js";

describe("the selected stack", () => {
  const home = mkdtempSync(join(tmpdir(), "selection-"));
  const env = { PULUMI_HOME: home };
  const project = { name: "notes", file: join(home, "Pulumi.yaml") } as Project;
  const file = (): string => join(home, "workspaces", readdirSync(join(home, "workspaces"))[0] ?? "");

  afterAll(() => rmSync(home, { recursive: true }));

  it("is one for each backend, and the last one for CLIs that know only one for all", () => {
    selectStack(env, project, "file:///a", "organization/notes/one");
    selectStack(env, project, "file:///b", "organization/notes/two");
    expect(selectedStack(env, project, "file:///a")).toBe("organization/notes/one");
    expect(JSON.parse(readFileSync(file(), "utf8"))).toMatchObject({ stack: "organization/notes/two" });
  });

  it("is taken from such a CLI, too", () => {
    writeFileSync(file(), JSON.stringify({ stack: "organization/notes/three" }));
    expect(selectedStack(env, project, "file:///a")).toBe("organization/notes/three");
  });

  it("is none after it was removed", () => {
    selectStack(env, project, "file:///a");
    expect(selectedStack(env, project, "file:///a")).toBeUndefined();
  });

  it("is what PULUMI_STACK says before all else", () => {
    expect(selectedStack({ ...env, PULUMI_STACK: "other" }, project, "file:///a")).toBe("other");
  });
});
