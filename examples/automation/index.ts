// Drift of all stacks of many projects at once, as a platform team looks for it each night.
//
// npx tsx index.ts <folder of a project>… prints a line for each stack; exits 7 where any drifted, 1 where any could
// not be checked
import { LocalWorkspace, PulumiCommand, Stack } from "@pulumi/pulumi/automation";
import { detectDrift, exitCodeOf, type DriftReport } from "pulumi-vultr-inference/automation";

/** So many are looked at at once; each is a process of the engine, one of a provider, and few requests. */
const AT_ONCE = Number(process.env["STACKS_AT_ONCE"] ?? 4);

/** A stack that is yet to be looked at. */
interface Place {
  readonly workDir: string;
  readonly name: string;
}

async function stacksOf(workDir: string, pulumiCommand: PulumiCommand): Promise<Place[]> {
  const workspace = await LocalWorkspace.create({ workDir, pulumiCommand });
  return (await workspace.listStacks()).map(({ name }) => ({ workDir, name }));
}

/** What one stack's API holds otherwise than its state says. Never throws: what went wrong stands in the report. */
async function driftOf({ workDir, name }: Place, pulumiCommand: PulumiCommand): Promise<DriftReport> {
  const workspace = await LocalWorkspace.create({ workDir, pulumiCommand });
  // The stack that is selected in the folder stays selected.
  workspace.selectStack = () => Promise.resolve();
  return detectDrift(await Stack.select(name, workspace));
}

/** Looks at all stacks of some projects' folders, so many at once, and hands each report on as soon as it is there. */
export async function driftOfAll(
  workDirs: readonly string[],
  onReport: (report: DriftReport) => void,
  pulumiCommand?: PulumiCommand,
): Promise<DriftReport[]> {
  const command = pulumiCommand ?? (await PulumiCommand.get());
  const places = (await Promise.all(workDirs.map((workDir) => stacksOf(workDir, command)))).flat();
  const reports: DriftReport[] = [];
  const work = async (): Promise<void> => {
    for (let place = places.shift(); place; place = places.shift()) {
      const report = await driftOf(place, command);
      reports.push(report);
      onReport(report);
    }
  };
  await Promise.all(Array.from({ length: Math.max(1, AT_ONCE) }, work));
  return reports;
}

function lineOf({ project, stack, status, findings, unchecked }: DriftReport): string {
  const said = [...findings.map(({ message }) => message), ...unchecked.map(({ reason }) => `not checked: ${reason}`)];
  return `${status.padEnd(6)} ${project}/${stack}${said.map((sentence) => `\n       ${sentence}`).join("")}`;
}

if (require.main === module) {
  void driftOfAll(process.argv.slice(2), (report) => process.stdout.write(`${lineOf(report)}\n`)).then((reports) => {
    const codes = reports.map(exitCodeOf);
    process.exitCode = codes.includes(1) ? 1 : codes.includes(7) ? 7 : 0;
  });
}
