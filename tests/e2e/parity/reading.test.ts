import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Engine } from "./engines.js";
import { cli, local } from "./engines.js";
import type { Declared, Phase } from "./play.js";
import { Stage } from "./play.js";

const declares = (value: string): Declared => ({
  resources: [
    { name: "a", props: { value, pass: { $secret: "hush" } } },
    { kind: "Group", name: "g", opts: { dependsOn: ["a"] } },
    { name: "b", props: { value: { $ref: "a.shout" }, list: ["x", { y: 1 }] }, opts: { parent: "g" } },
  ],
  outputs: { shout: { $ref: "b.shout" }, pass: { $ref: "a.pass" } },
});

/** What a person reads, without what differs from run to run: durations, progress dots, blanks at ends of lines. */
function read(text: string): string[] {
  const lines = text.split("\n").map((line) =>
    line
      .replaceAll(/\(\d+(\.\d+)?s\)/gu, "(0s)")
      .replaceAll(/Duration: \d+s/gu, "Duration: 0s")
      .trimEnd(),
  );
  // Which of these come, and where, hangs on the time that things take.
  return lines.filter((line) => !/^@ |refreshing|running$| pulumi:pulumi:Stack parity-test$|^ {4}\S+ \S+$/u.test(line));
}

/** The lines of a run of the same stack on one engine. */
async function story(engine: Engine): Promise<Record<string, string[]>> {
  const stage = new Stage(engine);
  const told: Record<string, string[]> = {};
  const tell = async (title: string, line: readonly string[], phase?: Partial<Phase>): Promise<void> => {
    stage.prepare({ run: "up", ...phase });
    const { stdout } = await stage.run(...line, "--non-interactive");
    told[title] = read(stdout);
  };
  try {
    await stage.init();
    await tell("up, new", ["up", "--yes", "--skip-preview"], { declares: declares("one") });
    await tell("up, nothing", ["up", "--yes", "--skip-preview"]);
    await tell("preview, changed", ["preview"], { declares: declares("two") });
    await tell("up, changed", ["up", "--yes", "--skip-preview"]);
    await tell("refresh, gone", ["refresh", "--preview-only"], { vanish: ["b.1"] });
    await tell("up after refresh", ["up", "--yes", "--skip-preview", "--refresh"]);
    await tell("refresh that runs the program", ["refresh", "--yes", "--skip-preview", "--run-program"], {
      drift: { "a.1": { name: "a", value: "other", pass: "hush" } },
    });
    await tell("destroy", ["destroy", "--yes", "--skip-preview"]);
    return told;
  } finally {
    stage.remove();
  }
}

const RECORD = join(__dirname, "reading.json");
const recorded = (): unknown => (JSON.parse(readFileSync(RECORD, "utf8")) as { told: unknown }).told;
/** Set to `record`, with a Pulumi CLI on PATH, to make the record again. */
const isRecording = process.env["PARITY"] === "record";

describe("what a person reads", () => {
  (isRecording ? it.skip : it)(
    "on the local engine is what the Pulumi CLI was recorded to print",
    async () => {
      expect(await story(local)).toEqual(recorded());
    },
    120_000,
  );

  (cli === undefined ? it.skip : it)(
    "on the Pulumi CLI is what the record says",
    async () => {
      if (cli === undefined) return;
      const told = await story(cli);
      const { stdout } = await cli.run(["version"], { cwd: __dirname, env: {} });
      if (isRecording)
        writeFileSync(
          RECORD,
          `${JSON.stringify({ recordedFrom: `the Pulumi CLI ${stdout.trim()}`, told }, undefined, 1)}\n`,
        );
      expect(told).toEqual(recorded());
    },
    120_000,
  );
});
