import { randomUUID } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { LocalWorkspace } from "@pulumi/pulumi/automation";
import { clean } from "../../provider/client/http/words.js";
import { OUTLINE_VARIABLE, readOutlines, type Outline } from "../../provider/resources/documents/outline.js";
import type { Engine } from "../engine.js";
import { nameOf, watch } from "../seen.js";
import { explain } from "../start/explain.js";
import { readProject, writeProject } from "./project.js";

/** What a program declares as documents. */
export interface Declared {
  readonly project: string;
  readonly outlines: ReadonlyMap<string, Outline>;
  /** Names of `Documents` whose source is known only while they are deployed. */
  readonly unknown: readonly string[];
  /** Why the program did not run to its end. */
  readonly failure?: string;
}

interface Program {
  readonly folder: string;
  readonly stack: string;
  /** For what is written to run it. */
  readonly scratch: string;
  readonly signal: AbortSignal;
}

/**
 * Runs the program of a stack's folder in a preview of a new stack, in which nothing is deployed and nothing asked for, and
 * takes down what its `Documents` hold. Without a key there is a made-up one.
 *
 * @returns nothing where the folder is no stack's.
 */
export async function declaredBy(engine: Engine, { folder, stack, scratch, signal }: Program): Promise<Declared | undefined> {
  const project = readProject(folder, stack);
  if (project === undefined) return undefined;
  const { workDir, home, backend } = writeProject(project, folder, stack, scratch);
  const outline = join(scratch, "outline.jsonl");
  const envVars = {
    PULUMI_HOME: home,
    PULUMI_BACKEND_URL: `file://${backend}`,
    PULUMI_CONFIG_PASSPHRASE: randomUUID(),
    PULUMI_SKIP_UPDATE_CHECK: "true",
    ...(!process.env["VULTR_INFERENCE_API_KEY"] && { VULTR_INFERENCE_API_KEY: "not-needed-to-compare" }),
    [OUTLINE_VARIABLE]: outline,
  };
  const seen = watch();
  const documents = new Set<string>();
  let failure: string | undefined;
  try {
    const opened = await LocalWorkspace.createStack({ stackName: stack, workDir }, { pulumiCommand: engine.command, envVars });
    await opened.preview({
      signal,
      onEvent(event) {
        seen.onEvent(event);
        const step = event.resourcePreEvent?.metadata;
        if (step?.type === "pulumi-nodejs:dynamic/vultr-inference:Documents") documents.add(step.urn);
      },
    });
  } catch (error) {
    const said = seen.errors().map(({ message }) => message).filter((message) => message !== "" && message !== "preview failed");
    failure = said.length > 0 ? said.join(" ") : clean(explain(error, []).message);
  }
  const outlines = existsSync(outline) ? readOutlines(readFileSync(outline, "utf8")) : new Map<string, Outline>();
  const unknown = [...documents].filter((urn) => !outlines.has(urn)).map(nameOf);
  return { project: project.name, outlines, unknown, ...(failure !== undefined && { failure }) };
}
