/**
 * What the option `ignoreChanges` means for `Documents`. The engine tells it to the comparison and to the update, and
 * not to the check: that has read the source as it is now.
 */
import type { Properties } from "../provider/engine/values.js";
import { readManifest } from "../provider/resources/documents/manifest.js";
import { writeSizes } from "../provider/resources/documents/sizes.js";

/** In place of a fingerprint where a document was not uploaded whole. */
const INCOMPLETE = "incomplete";

/**
 * Inputs in which a source that the option names is as it was deployed: what the manifest of the state holds. Those of
 * the last check do not tell that, since the state has them even where they are not deployed.
 */
export function withIgnored(news: Properties, state: Properties, ignored: readonly string[]): Properties {
  const { manifest, tokens } = state;
  if (typeof manifest !== "string" || !ignored.some((path) => path === "source" || path === "*")) return news;
  const documents = Array.from(readManifest(manifest), ([name, { chunks, fingerprint }]) => [
    name,
    writeSizes({ chunks: chunks.length, tokens: 0, fingerprint: fingerprint === "" ? INCOMPLETE : fingerprint }),
  ]);
  return { ...news, documents: Object.fromEntries(documents) as Properties, tokens, sourceIgnored: true };
}
