import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Backend } from "../../../../local/engine/state/backend.js";
import { temporaryFolder } from "../fixtures/index.js";

const backend = (folder = temporaryFolder()): Backend =>
  Backend.open({ PULUMI_BACKEND_URL: `file://${folder}` }, undefined);

describe("the file backend", () => {
  it.each([
    [{}, /no backend is set: set PULUMI_BACKEND_URL to file:\/\/<folder>/u],
    [
      { PULUMI_BACKEND_URL: "s3://bucket?key=value" },
      /^The backend s3:\/\/bucket is not supported.*use the Pulumi CLI$/u,
    ],
    [{ PULUMI_BACKEND_URL: "file:///no/such/folder" }, /could not open the state folder \/no\/such\/folder/u],
  ])("says what is wrong with %j", (env, message) => {
    expect(() => Backend.open({ PULUMI_HOME: temporaryFolder(), ...env }, undefined)).toThrow(message);
  });

  it("refuses a layout that it does not know", () => {
    const folder = temporaryFolder();
    mkdirSync(join(folder, ".pulumi"));
    writeFileSync(join(folder, ".pulumi/meta.yaml"), "version: 2\n");
    expect(() => backend(folder)).toThrow(/use the Pulumi CLI/u);
  });

  it("places a stack by its short or its whole name", () => {
    const folder = temporaryFolder();
    const place = backend(folder).place("dev", "project");
    expect(place).toEqual(backend(folder).place("organization/project/dev", "another"));
    expect(place.checkpoint).toBe(join(folder, ".pulumi/stacks/project/dev.json"));
    expect(place.locks).toBe(join(folder, ".pulumi/locks/organization/project/dev"));
  });

  it.each(["a b", "project/dev", "me/project/dev", ""])("refuses the stack name %j", (name) => {
    expect(() => backend().place(name, "project")).toThrow(/invalid stack/u);
  });

  it("lists stacks, and nothing that lies beside them", () => {
    const folder = temporaryFolder();
    const stacks = join(folder, ".pulumi/stacks/project");
    backend(folder);
    mkdirSync(stacks, { recursive: true });
    for (const name of ["b.json", "a.json", "a.json.bak", "a.journal", ".1.draft"])
      writeFileSync(join(stacks, name), "");
    expect(
      backend(folder)
        .list("project")
        .map(({ name }) => name),
    ).toEqual(["a", "b"]);
    expect(backend(folder).list("other")).toEqual([]);
    expect(backend(folder).list(undefined)).toHaveLength(2);
  });
});
