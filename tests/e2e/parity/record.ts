import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Engine } from "./engines.js";
import { hosted } from "./inline.js";
import type { Played, Scenario } from "./play.js";
import { Stage } from "./play.js";

/** What the Pulumi CLI did with a scenario. */
export interface Record {
  /** Says that the Pulumi CLI made this record, and which. */
  readonly recordedFrom: string;
  readonly scenario: Scenario;
  readonly phases: readonly Played[];
  /** What another version of the CLI did, where versions differ: the local engine does what `phases` says. */
  readonly otherwise?: Omit<Record, "scenario">;
}

const FOLDER = join(__dirname, "records");
const file = ({ name }: Scenario): string => join(FOLDER, `${name.replaceAll(/[^a-z0-9]+/gu, "-")}.json`);

/** Plays a scenario from an empty stack. */
export async function played(engine: Engine, scenario: Scenario): Promise<Played[]> {
  const stage = new Stage(engine);
  const host = scenario.process ? undefined : await hosted(stage.declared);
  try {
    await stage.init();
    const phases: Played[] = [];
    for (const phase of scenario.phases) phases.push(await stage.play(phase, host?.address));
    return phases;
  } finally {
    host?.close();
    stage.remove();
  }
}

export function recordOf(scenario: Scenario): Record | undefined {
  return existsSync(file(scenario)) ? (JSON.parse(readFileSync(file(scenario), "utf8")) as Record) : undefined;
}

export function keep(record: Record): void {
  mkdirSync(FOLDER, { recursive: true });
  writeFileSync(file(record.scenario), `${JSON.stringify(record, undefined, 1)}\n`);
}
