// Writes into resources.md what a change of each input does, from the marks that `diff` reads: `npm run docs`.
// With `--check` it only says whether the tables are as they must be. Reads the build.
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const FOLDER = dirname(fileURLToPath(import.meta.url));
const ROOMS = join(FOLDER, "../dist/provider/resources");
const PAGE = join(FOLDER, "resources.md");
const require = createRequire(import.meta.url);

const EFFECTS = {
  replace: "makes a new one, then deletes the old one",
  update: "is made in place",
  "create-only": "does nothing: it is read only while the resource is created",
  "deploy-only": "alone does nothing: it is read whenever the resource is deployed",
};

function row([name, { schema, change, diffKey, internal }]) {
  if (change === "computed" || internal) return [];
  const required = schema.safeParse(undefined).success ? "" : "yes";
  return [`| \`${name}\` | ${required} | ${EFFECTS[change]}${diffKey === undefined ? "" : "; compared by its hash"} |`];
}

function table(room) {
  const { fields } = require(join(ROOMS, room, "schema.js"));
  return ["| Input | Required | A change |", "|---|---|---|", ...Object.entries(fields).flatMap(row)].join("\n");
}

const before = readFileSync(PAGE, "utf8");
const documented = [];
const after = before.replaceAll(/(<!-- inputs of ([\w-]+) -->\n)[^]*?(<!-- end -->)/gu, (_, start, room, end) => {
  documented.push(room);
  return `${start}${table(room)}\n${end}`;
});

const missing = readdirSync(ROOMS).filter((room) => !documented.includes(room));
if (missing.length > 0) throw new Error(`resources.md has no table for: ${missing.join(", ")}.`);
if (process.argv.includes("--check")) {
  if (after !== before)
    throw new Error('The tables in resources.md differ from the marks beside the schemas: run "npm run docs".');
} else {
  writeFileSync(PAGE, after);
}
