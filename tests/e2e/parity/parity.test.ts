import { execFileSync } from "node:child_process";
import { localEngine, realCli } from "./play.js";
import { keep, played, recordOf } from "./record.js";
import { SCENARIOS } from "./scenarios.js";

/** Set to `record`, with a Pulumi CLI on PATH, to make the records anew. */
const isRecording = process.env["PARITY"] === "record";
const cli = realCli();

describe("the local engine does what the Pulumi CLI was recorded to do", () => {
  const known = SCENARIOS.map((scenario) => [scenario.name, scenario] as const);

  if (!isRecording)
    it.each(known)("%s", async (_, scenario) => {
      expect(await played(localEngine(), scenario)).toEqual(recordOf(scenario)?.phases);
    });

  const withCli = cli === undefined ? it.skip : it;
  withCli.each(known)("the record holds on the Pulumi CLI: %s", async (_, scenario) => {
    if (cli === undefined) return;
    const phases = await played(cli, scenario);
    if (isRecording) {
      const version = execFileSync(cli, ["version"], { encoding: "utf8" }).trim();
      keep({ recordedFrom: `the Pulumi CLI ${version}`, scenario, phases });
    }
    expect(phases).toEqual(recordOf(scenario)?.phases);
  });
});
