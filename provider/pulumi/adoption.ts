import type { Properties } from "../engine/values.js";
import type { Report } from "../engine/report.js";

const told = new WeakSet<Report>();

/**
 * Says once in a run that items and files are taken over: a preview calls everything new "create". A line for each would
 * bury the rest. Collections, which are few, say so themselves.
 */
export async function tellOfAdoptedMembers(olds: Properties, inputs: Properties, report: Report): Promise<void> {
  const isMember = inputs["collectionId"] !== undefined && inputs["adopt"] !== undefined;
  if (!isMember || Object.keys(olds).length > 0 || told.has(report)) return;
  told.add(report);
  await report("Takes over the items and files that adopt names, with what they hold; none of them is made.");
}
