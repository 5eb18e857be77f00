import { checkInputs, type CheckResult } from "../../pulumi/check.js";
import { assetSchema, contentPlaceProblem } from "../../inputs/content.js";
import { isUnknown, UNKNOWN, type Properties } from "../../engine/values.js";
import { fields } from "./schema.js";
import { isNameless, nameOf } from "./source.js";

/** Validates a file's inputs; adds its hash and the name that it has by itself. */
export function check(_olds: Properties, news: Properties): CheckResult {
  const { source, filename = nameOf(source) } = news;
  const { inputs, failures } = checkInputs(fields, { ...news, ...(filename !== undefined && { filename }) });
  const nameless = filename === undefined && isNameless(source);
  const place = contentPlaceProblem(source, { followLinks: inputs["followLinks"] === true });
  return {
    inputs: { ...inputs, ...(inputs["confidential"] === true && { filenameInApi: "" }), contentHash: isUnknown(source) ? UNKNOWN : assetSchema.safeParse(source).data?.hash },
    failures: [
      ...failures,
      ...(nameless ? [{ property: "filename", reason: "is required with a StringAsset, which has no name of its own" }] : []),
      ...(place === undefined ? [] : [{ property: "source", reason: place }]),
    ],
  };
}
