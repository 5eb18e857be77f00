import * as pulumi from "@pulumi/pulumi";
import { fileProblem, type PathRules, type Refused } from "../provider/inputs/files/local-file.js";

/** What a program gives for a document, as an Output resolves it: assets and archives become bare properties. */
type Resolved =
  | string
  | undefined
  | { readonly path?: string; readonly text?: string; readonly uri?: string; readonly assets?: object };

/**
 * An asset that the engine can load. For one that it cannot load, or that may not be read, what is wrong with it: the
 * engine would fail with a stack trace or wait for a pipe, where the provider's check answers with a sentence.
 *
 * @param ofText what becomes of what is no asset.
 */
export function loadable(
  given: unknown,
  followLinks: pulumi.Input<boolean> | undefined,
  ofText: (text: string, rules: PathRules) => unknown,
): unknown {
  const load = (value: Resolved, follow: boolean | undefined): unknown =>
    typeof value === "string" ? ofText(value, { followLinks: follow }) : loaded(value, { followLinks: follow });
  if ((given === undefined || typeof given === "string") && !isLater(followLinks)) return load(given, followLinks);
  return pulumi
    .all([given as pulumi.Input<Resolved>, followLinks])
    .apply(([value, follow]) => load(value as Resolved, follow));
}

function isLater(value: pulumi.Input<boolean> | undefined): value is Exclude<typeof value, boolean | undefined> {
  return typeof value === "object";
}

function loaded(value: Exclude<Resolved, string>, rules: PathRules): unknown {
  const { path, text, uri, assets } = value ?? {};
  if (pulumi.asset.Archive.isInstance(value))
    return refusedKind(assets ? "an AssetArchive" : uri === undefined ? "a FileArchive" : "a RemoteArchive");
  if (!pulumi.asset.Asset.isInstance(value)) return value;
  if (uri !== undefined) return refusedKind("a RemoteAsset");
  return path === undefined ? new pulumi.asset.StringAsset(text ?? "") : fileAt(path, rules);
}

function refusedKind(kind: string): Refused {
  return { kind };
}

/** The asset of a file. */
export function fileAt(path: string, rules: PathRules): pulumi.asset.FileAsset | Refused {
  const problem = fileProblem(path, rules);
  return problem === undefined ? new pulumi.asset.FileAsset(path) : { problem };
}
