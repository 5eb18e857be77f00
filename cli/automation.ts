/**
 * Drift detection for programs of the Automation API, apart from the resources: a stack's program must not load what
 * drives engines.
 */
export { detectDrift, type DriftOptions } from "./drift/detect.js";
export { toJunit } from "./drift/format/junit.js";
export { toMarkdown } from "./drift/format/markdown.js";
export {
  exitCodeOf,
  type DriftReport,
  type Finding,
  type Kind,
  type PlannedChange,
  type Unchecked,
} from "./drift/report.js";
