import { execFileSync } from "node:child_process";
import { ROOT } from "../support/project-copy.js";

describe("The docs' table of the provider's rooms", () => {
  it("says what the imports are", () => {
    expect(() =>
      execFileSync(process.execPath, ["docs/rooms.mjs", "--check"], { cwd: ROOT, stdio: "pipe" }),
    ).not.toThrow();
  });
});

describe("The docs' tables of what a change does", () => {
  it("say what the marks beside the schemas say", () => {
    expect(() =>
      execFileSync(process.execPath, ["docs/fields.mjs", "--check"], { cwd: ROOT, stdio: "pipe" }),
    ).not.toThrow();
  });
});
