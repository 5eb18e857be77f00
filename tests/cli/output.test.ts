import { writeOutputs } from "../../cli/output.js";

it("names the option and the file of a report that cannot be written", () => {
  const path = "/no/such/folder/drift.json";
  expect(() => writeOutputs([{ format: "json", path }], () => "{}")).toThrow(
    `--output: "${path}" cannot be written (ENOENT). Name a file in a folder that is there.`,
  );
});
