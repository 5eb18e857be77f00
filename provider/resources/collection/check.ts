import { checkInputs, type CheckResult } from "../../pulumi/check.js";
import type { Report } from "../../engine/report.js";
import type { LocalContext } from "../../session/context.js";
import { isUnknown, type Properties } from "../../engine/values.js";
import { fields } from "./schema.js";

/** Validates a collection's inputs, each by itself and those together that contradict each other. */
export async function check(olds: Properties, news: Properties, { report }: Pick<LocalContext, "report">): Promise<CheckResult> {
  const { inputs, failures } = checkInputs(fields, news);
  if (Object.keys(olds).length === 0 && failures.length === 0) await tellOfAdoption(inputs, report);
  const isTwice = inputs["adopt"] !== undefined && inputs["adoptByName"] === true;
  const twice = { property: "adoptByName", reason: "cannot be set together with adopt: adopt names one collection by its id already" };
  return { inputs: { ...inputs, ...(inputs["confidential"] === true && { nameInApi: "" }) }, failures: isTwice ? [...failures, twice] : failures };
}

/** A preview calls everything new "create"; what is there already is taken over. */
async function tellOfAdoption({ adopt, adoptByName, name, confidential, resourceUrn }: Properties, report: Report): Promise<void> {
  if (adopt === undefined && adoptByName !== true) return;
  const known = adopt ?? name;
  const which = isUnknown(known) || typeof known !== "string" || confidential === true ? "a collection" : adopt === undefined ? `the collection named "${known}"` : `the collection "${known}"`;
  await report(`Takes over ${which} that exists already, with what it holds; none is made.`, { urn: typeof resourceUrn === "string" ? resourceUrn : undefined });
}
