import { z } from "zod";
import type { Report } from "../../engine/report.js";
import { isUnknown, type Properties } from "../../engine/values.js";
import type { OwnedState } from "../../ownership/claim.js";
import { checkInputs, type CheckResult } from "../../pulumi/check.js";
import {
  computed,
  confidential,
  createOnly,
  resourceUrn,
  someText,
  update,
  urnOf,
  type InputsOf,
} from "../../pulumi/fields.js";
import type { LocalContext } from "../../session/context.js";
import { clashWithin, tellOfClash } from "./existing.js";

const BY_NAME = "must be true or false: whether to take over the one collection that has this name";
const FORCE_DESTROY = "must be true or false: whether a destroy may delete what this stack did not put there";

/** The inputs of a `Collection`, and what a change of each does. */
export const fields = {
  name: update(someText("the collection's name, as text")),
  adopt: createOnly(someText("the id of an existing collection").optional()),
  adoptByName: createOnly(z.boolean(BY_NAME).optional()),
  forceDestroy: update(z.boolean(FORCE_DESTROY).optional()),
  confidential,
  /** Whose collection it is: made from the resource's URN by the class. */
  owner: computed(z.string().optional()),
  /** Always empty; makes the output of this name secret where the name is. */
  nameInApi: computed(z.string().optional()),
  resourceUrn,
};

export type Inputs = InputsOf<typeof fields>;

/** The outputs of a `Collection`. */
export interface State extends OwnedState {
  readonly name: string;
  /** The name as the API keeps it, where it keeps another form of what it was sent. */
  readonly nameInApi?: string | undefined;
  /** The id that the API made from the first name; a rename keeps it. At most 14 characters. */
  readonly collectionId: string;
  /** When the API made it, as it says it. Not there where it does not say. */
  readonly created?: string | undefined;
  /** Whether it was there before this resource. */
  readonly adopted?: true | undefined;
  readonly forceDestroy?: boolean | undefined;
  readonly origin: string;
  readonly account: string;
  readonly claim: string;
}

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
  const isToBeMade = isNew && !isAdoption(inputs);
  const clash = isToBeMade ? clashWithin(inputs, newNames) : undefined;
  if (isToBeMade && clash === undefined) await tellOfClash(inputs, report, account).catch(() => undefined);
  const isTwice = inputs["adopt"] !== undefined && inputs["adoptByName"] === true;
  const together = [isTwice ? { property: "adoptByName", reason: TWICE } : undefined, clash];
  return {
    inputs: { ...inputs, ...(inputs["confidential"] === true && { nameInApi: "" }) },
    failures: [...failures, ...together.filter((failure) => failure !== undefined)],
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
