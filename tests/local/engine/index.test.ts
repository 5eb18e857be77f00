import { accessSync, constants } from "node:fs";
import { join } from "node:path";
import { engineRoot } from "../../../local/engine/index.js";

it("the engine's root holds a bin/pulumi that may be executed", () => {
  expect(() => accessSync(join(engineRoot(), "bin/pulumi"), constants.X_OK)).not.toThrow();
});
