import { pathSteps, pathValue } from "../../../../local/engine/project/paths.js";

describe("config paths", () => {
  it.each([
    ["a", ["a"]],
    ["a.b[0].c", ["a", "b", 0, "c"]],
    ['["x.y"]["z"]', ["x.y", "z"]],
    ["a[0][1]", ["a", 0, 1]],
  ])("%s is read step by step", (path, steps) => {
    expect(pathSteps(path)).toEqual(steps);
  });

  it.each(["", "a[", "a[x]", 'a["b]'])("%j is refused", (path) => {
    expect(() => pathSteps(path)).toThrow(/invalid config path/u);
  });

  it("store integers and booleans as such, all else as text", () => {
    expect(["1", "-2", "0", "05", "1e3", "1.5", "true", "True"].map(pathValue)).toEqual([
      1,
      -2,
      0,
      "05",
      "1e3",
      "1.5",
      true,
      "True",
    ]);
  });
});
