import { isDeepStrictEqual } from "node:util";
import { cli, local } from "./engines.js";
import { keep, played, recordOf } from "./record.js";
import { SCENARIOS } from "./scenarios.js";

/** Set to `record`, with a Pulumi CLI on PATH, to make the records again. */
const isRecording = process.env["PARITY"] === "record";

describe("the local engine does what the Pulumi CLI was recorded to do", () => {
  const known = SCENARIOS.map((scenario) => [scenario.name, scenario] as const);

  if (!isRecording)
    it.each(known)("%s", async (_, scenario) => {
      expect(await played(local, scenario)).toEqual(recordOf(scenario)?.phases);
    });

  const withCli = cli === undefined ? it.skip : it;
  withCli.each(known)("the record holds on the Pulumi CLI: %s", async (_, scenario) => {
    if (cli === undefined) return;
    const phases = await played(cli, scenario);
    if (isRecording) {
      const { stdout } = await cli.run(["version"], { cwd: __dirname, env: {} });
      keep({ recordedFrom: `the Pulumi CLI ${stdout.trim()}`, scenario, phases });
    }
    const { phases: recorded, otherwise } = recordOf(scenario) ?? {};
    expect(phases).toEqual(isDeepStrictEqual(phases, otherwise?.phases) ? otherwise?.phases : recorded);
  });
});
