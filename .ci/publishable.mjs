// What `npm publish` runs first: refuses while the project has no address, and gives the README of the package links
// that lead there from anywhere. `git checkout README.md` takes them back.
import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { REPOSITORY } from "../docs/site/address.mjs";
import { absolute } from "../docs/site/links.mjs";

const README = fileURLToPath(new URL("../README.md", import.meta.url));
const { version } = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8"));

if (REPOSITORY === undefined) {
  console.error(
    "Not published: repository.url in package.json has no owner yet. Put the project's address there; homepage, " +
      "bugs, the provenance of the package and the links of the site follow from it.",
  );
  process.exit(1);
}
writeFileSync(README, absolute(readFileSync(README, "utf8"), REPOSITORY, version));
