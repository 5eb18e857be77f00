// Where the project lives: the `repository` of package.json, from which npm makes `homepage` and `bugs`. Until it has an
// owner, nothing leads there, and nothing is published.
import { readFileSync } from "node:fs";

const { repository } = JSON.parse(readFileSync(new URL("../../package.json", import.meta.url), "utf8"));
const NO_OWNER = "OWNER_NOT_SET";

/** The address of the repository for a browser, without a slash at its end; nothing while it has no owner. */
export function addressOf(url) {
  return url.includes(NO_OWNER) ? undefined : url.replace(/^git\+/u, "").replace(/\.git$/u, "");
}

export const REPOSITORY = addressOf(repository.url);
export const NPM = "https://www.npmjs.com/package/pulumi-vultr-inference";
export const VULTR = "https://api.vultrinference.com";
