import { copyFileSync, readFileSync, writeFileSync } from "node:fs";
import { load } from "../../../../local/engine/state/checkpoint.js";
import { CLI_SALT, CLI_STATE, stackPlace } from "../fixtures/index.js";

describe("a state file", () => {
  it("of the Pulumi CLI is read whole", () => {
    const { snapshot } = load(stackPlace(CLI_STATE.checkpoint)) ?? {};
    expect(snapshot?.resources).toHaveLength(6);
    expect(snapshot?.salt).toBe(CLI_SALT);
  });

  it("that is not there is a stack that does not exist", () => {
    expect(load(stackPlace())).toBeUndefined();
  });

  it("that was cut gets a sentence that names it and its backup, and stays as it is", () => {
    const place = stackPlace(CLI_STATE.checkpoint);
    copyFileSync(place.checkpoint, `${place.checkpoint}.bak`);
    const cut = readFileSync(place.checkpoint, "utf8").slice(0, 500);
    writeFileSync(place.checkpoint, cut);
    expect(() => load(place)).toThrow(
      new RegExp(
        `^the state file ${place.checkpoint} is broken: not valid JSON .*; the state before it is in ` +
          `${place.checkpoint}.bak$`,
        "u",
      ),
    );
    expect(readFileSync(place.checkpoint, "utf8")).toBe(cut);
  });

  it.each([
    [{ version: 4 }, /expected a checkpoint of version 3, found 4/u],
    [{ version: 3, checkpoint: { latest: { resources: {} } } }, /`resources` is not a list/u],
    [{ version: 3, checkpoint: { latest: { resources: [{}] } } }, /a resource has no urn or type/u],
    [
      { version: 3, checkpoint: { latest: { secrets_providers: { type: "cloud" } } } },
      /The secrets provider "cloud" is not supported by the local engine; use the Pulumi CLI/u,
    ],
  ])("that this engine cannot work with is refused: %j", (content, message) => {
    expect(() => load(stackPlace(content))).toThrow(message);
  });
});
