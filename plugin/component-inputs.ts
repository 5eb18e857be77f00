/** What a program gives to the component, in the form that its class takes. */
import type * as pulumi from "@pulumi/pulumi";
import type { ConstructRequest } from "@pulumi/pulumi/proto/provider_pb.js";
import type { Properties } from "../provider/engine/values.js";
import { sdk } from "./protocol.js";
import { received, withOutputs } from "./values.js";

/**
 * The arguments by name. What is secret, not known yet, or comes of another resource is an output at its place; the
 * maps and lists around it are plain, since the class makes its parts of them.
 */
export function componentInputs(request: ConstructRequest): Properties {
  const { runtime, Output } = sdk("./index.js") as typeof pulumi;
  const dependencies = request.getInputdependenciesMap();
  const given = mapped(received(request.getInputs()).marked, (value, name): unknown =>
    runtime.deserializeProperty(withOutputs(value, dependencies.get(name)?.getUrnsList() ?? [])),
  );
  // An output in place of a path: what the class takes as a path is one at once.
  const asSource = (value: unknown): unknown => (Output.isInstance(value) ? { source: value } : value);
  const { documents, files, ...rest } = given;
  const isMap = typeof files === "object" && files !== null && !Array.isArray(files) && !Output.isInstance(files);
  return {
    ...rest,
    ...(documents !== undefined && { documents: asSource(documents) }),
    ...(files !== undefined && { files: isMap ? mapped(files as Properties, asSource) : files }),
  };
}

function mapped(properties: Properties, by: (value: unknown, name: string) => unknown): Properties {
  return Object.fromEntries(Object.entries(properties).map(([name, value]) => [name, by(value, name)]));
}
