// Writes into how-it-works.md the rooms of the provider, from their READMEs and the imports as they are:
// `npm run docs`.
// With `--check` it only says whether the table is as it must be.
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join, relative, resolve, sep } from "node:path";
import { fileURLToPath } from "node:url";

const FOLDER = dirname(fileURLToPath(import.meta.url));
const PROVIDER = join(FOLDER, "../provider");
const PAGE = join(FOLDER, "how-it-works.md");

const folders = readdirSync(PROVIDER, { withFileTypes: true }).filter((entry) => entry.isDirectory());

/** What the files of a room import from other rooms. */
function importsOf(room) {
  const files = readdirSync(join(PROVIDER, room), { recursive: true, encoding: "utf8" }).filter((name) =>
    name.endsWith(".ts"),
  );
  const others = files.flatMap((name) => {
    const file = join(PROVIDER, room, name);
    const targets = [...readFileSync(file, "utf8").matchAll(/ from "(\.[^"]+)";/gu)].map(([, target]) =>
      resolve(dirname(file), target),
    );
    return targets.map((target) => relative(PROVIDER, target).split(sep)[0]);
  });
  return [...new Set(others)].filter((other) => other !== room);
}

const rooms = folders.map(({ name }) => ({
  name,
  imports: importsOf(name),
  sentence: readFileSync(join(PROVIDER, name, "README.md"), "utf8").trim(),
}));

// From the bottom up: each after all that it imports.
const sorted = [];
while (sorted.length < rooms.length) {
  const names = sorted.map(({ name }) => name);
  const next = rooms.find(
    ({ name, imports }) => !names.includes(name) && imports.every((other) => names.includes(other)),
  );
  if (next === undefined) throw new Error("Rooms of the provider import each other in a circle.");
  sorted.push(next);
}

const order = sorted.map(({ name }) => name);
const cell = (imports) =>
  order
    .filter((name) => imports.includes(name))
    .map((name) => `\`${name}\``)
    .join(", ") || "nothing";
const lines = sorted.map(
  ({ name, imports, sentence }) => `| \`${name}\` | ${sentence.replace(/\.$/u, "")} | ${cell(imports)} |`,
);
const table = ["| Room | What lives there | What it imports |", "|---|---|---|", ...lines].join("\n");

const before = readFileSync(PAGE, "utf8");
const after = before.replace(
  /(<!-- rooms of the provider -->\n)[^]*?(<!-- end -->)/u,
  (_, start, end) => `${start}${table}\n${end}`,
);
if (process.argv.includes("--check")) {
  if (after !== before)
    throw new Error('The rooms in how-it-works.md are not those of the provider: run "npm run docs".');
} else {
  writeFileSync(PAGE, after);
}
