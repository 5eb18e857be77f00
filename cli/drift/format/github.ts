import type { Annotation } from "../../github.js";
import type { DriftReport } from "../report.js";

/** An annotation for each finding. */
export function annotationsOf({ findings, plan = [], unchecked }: DriftReport): Annotation[] {
  return [
    ...unchecked.map(
      ({ resource, reason }): Annotation => ({
        level: "error",
        title: "Could not be checked",
        message: resource === undefined ? reason : `${resource}: ${reason}`,
      }),
    ),
    ...findings.map(({ message }): Annotation => ({ level: "warning", title: "Drift", message })),
    ...plan.map(
      ({ step, type, resource }): Annotation => ({
        level: "notice",
        title: "Not deployed yet",
        message: `${step} ${type} ${resource}`,
      }),
    ),
  ];
}
