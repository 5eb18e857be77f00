import { loadPart, MissingPartError } from "../../../local/emulator/missing-part.js";

describe("an optional part", () => {
  it("that is not installed is told in one sentence with what to install", async () => {
    const load = (): Promise<never> =>
      Promise.reject(Object.assign(new Error("Cannot find module"), { code: "MODULE_NOT_FOUND" }));
    await expect(loadPart("Reading tea leaves", ["tea", "leaves"], load)).rejects.toEqual(
      new MissingPartError("Reading tea leaves", ["tea", "leaves"]),
    );
    expect(new MissingPartError("Reading tea leaves", ["tea", "leaves"]).message).toBe(
      "Reading tea leaves needs tea and leaves: npm install tea leaves",
    );
  });

  it("that fails otherwise fails as it does", async () => {
    await expect(loadPart("x", ["x"], () => Promise.reject(new Error("broken")))).rejects.toThrow("broken");
  });
});
