import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { loadProject } from "../../../../local/engine/project/project.js";
import { StackSettings } from "../../../../local/engine/project/settings.js";
import { temporaryFolder } from "../fixtures/index.js";

function settingsOf(text?: string): { settings: StackSettings; written: () => string } {
  const root = temporaryFolder();
  writeFileSync(join(root, "Pulumi.yaml"), "name: p\nruntime: nodejs\n");
  const file = join(root, "Pulumi.dev.yaml");
  if (text !== undefined) writeFileSync(file, text);
  return {
    settings: StackSettings.load(loadProject(root), "dev"),
    written: () => (existsSync(file) ? readFileSync(file, "utf8") : ""),
  };
}

describe("stack settings", () => {
  it("keep comments and order when a value changes", () => {
    const { settings, written } = settingsOf("# mine\nencryptionsalt: v1:x\nconfig:\n  p:b: one # why\n  p:a: two\n");
    settings.set("p:b", [], "three");
    settings.set("p:c", [], { secure: "v1:y" });
    settings.save();
    expect(written()).toBe(
      "# mine\nencryptionsalt: v1:x\nconfig:\n  p:b: three # why\n  p:a: two\n  p:c:\n    secure: v1:y\n",
    );
  });

  it("write texts that look like numbers as texts", () => {
    const { settings, written } = settingsOf();
    settings.set("p:n", [], "5");
    settings.set("p:o", ["n"], 5);
    settings.save();
    expect(written()).toBe('config:\n  p:n: "5"\n  p:o:\n    n: 5\n');
  });

  it("are set and removed by path", () => {
    const { settings } = settingsOf();
    settings.set("p:a", ["list", 0, "deep"], true);
    settings.set("p:a", ["list", 1], "x");
    expect(settings.config).toEqual({ "p:a": { list: [{ deep: true }, "x"] } });
    expect(() => settings.set("p:a", ["list", 7], "x")).toThrow(/cannot set index 7 of a list with 2 values/u);
    settings.remove("p:a", ["list", 0]);
    expect(settings.config).toEqual({ "p:a": { list: ["x"] } });
  });

  it("lose the empty config, and no more", () => {
    const { settings, written } = settingsOf("encryptionsalt: v1:x\nconfig:\n  p:a: one\n");
    settings.remove("p:a", []);
    settings.remove("p:never", []);
    settings.save();
    expect(written()).toBe("encryptionsalt: v1:x\n");
  });

  it.each([
    ["config: [", /could not read the stack settings .*Pulumi.dev.yaml/u],
    ["secretsprovider: awskms://key\n", /The secrets provider "awskms:\/\/key" is not supported/u],
    ["environment: [x]\n", /`environment` in .* is not supported/u],
  ])("are refused where this engine cannot follow them: %j", (text, message) => {
    expect(() => settingsOf(text)).toThrow(message);
  });
});
