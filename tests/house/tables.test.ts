import { execFileSync } from "node:child_process";
import { ROOT } from "../support/project-copy.js";

const check = (script: string) => (): unknown =>
  execFileSync(process.execPath, [script, "--check"], { cwd: ROOT, stdio: "pipe" });

describe("What the docs have from the sources", () => {
  it("says of the provider's rooms what the imports are", () => {
    expect(check("docs/rooms.mjs")).not.toThrow();
  });

  it("says of each resource's inputs and outputs what the docstrings and the marks beside the schemas say", () => {
    expect(check("docs/fields.mjs")).not.toThrow();
  });

  it("names each page in the sidebar and in the README", () => {
    expect(check("docs/contents.mjs")).not.toThrow();
  });
});
