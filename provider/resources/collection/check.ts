import { checkInputs, type CheckFailure, type CheckResult } from "../../pulumi/check.js";
import type { Report } from "../../engine/report.js";
import type { LocalContext } from "../../session/context.js";
import { isUnknown, type Properties } from "../../engine/values.js";
import { otherName, possibleIds } from "../../ownership/collection-id.js";
import { sameText } from "../../ownership/comparable.js";
import { fields, urnOf } from "./schema.js";
import { inTheWay } from "./taken-name.js";

const TWICE = "cannot be set together with adopt: adopt names one collection by its id already";

/** Validates a collection's inputs, each by itself and those together that contradict each other. */
export async function check(
  olds: Properties,
  news: Properties,
  { report, newNames, account }: Pick<LocalContext, "report" | "newNames" | "account">,
): Promise<CheckResult> {
  const { inputs, failures } = checkInputs(fields, news);
  const isNew = Object.keys(olds).length === 0 && failures.length === 0;
  if (isNew && isAdoption(inputs)) await tellOfAdoption(inputs, report);
  const clash = isNew && !isAdoption(inputs) ? clashWithin(inputs, newNames) : undefined;
  if (isNew && !isAdoption(inputs) && clash === undefined) await tellOfClash(inputs, report, account).catch(() => undefined);
  const isTwice = inputs["adopt"] !== undefined && inputs["adoptByName"] === true;
  return {
    inputs: { ...inputs, ...(inputs["confidential"] === true && { nameInApi: "" }) },
    failures: [...failures, ...(isTwice ? [{ property: "adoptByName", reason: TWICE }] : []), ...(clash === undefined ? [] : [clash])],
  };
}

function isAdoption({ adopt, adoptByName }: Properties): boolean {
  return adopt !== undefined || adoptByName === true;
}

/** A preview calls everything new "create"; what is there already is taken over. */
async function tellOfAdoption(inputs: Properties, report: Report): Promise<void> {
  const { adopt, name } = inputs;
  const known = adopt ?? name;
  const isNamed = !isUnknown(known) && typeof known === "string" && inputs["confidential"] !== true;
  const which = !isNamed ? "a collection" : `the collection ${adopt === undefined ? "named " : ""}"${known}"`;
  await report(`Takes over ${which} that exists already, with what it holds; none is made.`, { urn: urnOf(inputs) });
}

/** Two collections of one program of which the API would refuse the second. */
function clashWithin({ name, confidential, resourceUrn }: Properties, newNames: LocalContext["newNames"]): CheckFailure | undefined {
  if (typeof name !== "string" || isUnknown(name) || typeof resourceUrn !== "string") return undefined;
  const other = newNames.declare(resourceUrn, name);
  if (other === undefined) return undefined;
  const which = confidential === true ? "" : `, named "${other}"`;
  const offer = confidential === true ? "" : `, such as "${otherName(name, possibleIds(other))}"`;
  return {
    property: "name",
    reason:
      `clashes with another collection of this program${which}: the API makes a collection's id of the first 14 letters and digits of its name, ` +
      `and keeps one collection of an id. Choose a name that differs within them${offer}`,
  };
}

/** So long a preview waits for what it only tells, in milliseconds. */
const TOLD_WITHIN = 5_000;

/** Before anything is made, a name is looked for among those in use. The API decides when it is made. */
async function tellOfClash(inputs: Properties, report: Report, account: LocalContext["account"]): Promise<void> {
  const { name, confidential } = inputs;
  if (account === undefined || typeof name !== "string" || isUnknown(name) || confidential === true) return;
  const { client, ownership } = account();
  const all = await client.collections.list({ signal: AbortSignal.timeout(TOLD_WITHIN), maxRetries: 0 });
  const other = inTheWay(all, name);
  // The very name is refused where it is made, with the ways on; what this stack has made a moment ago is no other's.
  if (other === undefined || sameText(other.name, name) || ownership.isHeld(other.id)) return;
  const free = otherName(name, all.map(({ id }) => id));
  const message =
    `The API may refuse the name "${name}": the collection "${other.id}" is named "${other.name}", and a collection's id is made of the first 14 letters ` +
    `and digits of its name. "${free}" would do.`;
  await report(message, { urn: urnOf(inputs), severity: "warning" });
}
