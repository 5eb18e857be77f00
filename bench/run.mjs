// Runs every benchmark, or those that are named, one after the other.
//   npm run bench [-- client items …]   quick: about three minutes
//   npm run bench -- --full             as the figures in the docs were measured
//   npm run bench -- --full --docs      and writes the table and the figures there
import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { prepare } from "../cli/prepare.mjs";
import { writeDocs } from "./figures.mjs";

const BENCHMARKS = [
  "chunks",
  "client",
  "documents",
  "drift",
  "emulator",
  "engine",
  "files",
  "items",
  "package",
  "plugin",
  "reading",
  "search",
  "retrieval",
];

const { values, positionals } = parseArgs({
  options: { full: { type: "boolean", default: false }, docs: { type: "boolean", default: false } },
  allowPositionals: true,
});
const unknown = positionals.find((name) => !BENCHMARKS.includes(name));
if (unknown !== undefined) {
  console.error(`There is no benchmark "${unknown}". There are: ${BENCHMARKS.join(", ")}.`);
  process.exit(1);
}
prepare();
const lines = [];
let failed = false;
for (const name of positionals.length > 0 ? positionals : BENCHMARKS) {
  const child = spawn(process.execPath, [fileURLToPath(new URL(`${name}.mjs`, import.meta.url))], {
    env: { ...process.env, BENCH_FULL: values.full ? "1" : "" },
    stdio: ["ignore", "pipe", "inherit"],
  });
  createInterface(child.stdout).on("line", (line) => {
    console.log(line);
    lines.push(JSON.parse(line));
  });
  const [status] = await once(child, "close");
  failed ||= status !== 0;
}
console.log(`\n${table(lines)}`);
if (values.docs) writeDocs(lines);
process.exit(failed ? 1 : 0);

function table(lines) {
  const rows = [
    ["", "Name", "Value", "Ratio", "Goal", "Against"],
    ...lines.map(({ name, value, unit, peer, ratio, goal, ok }) =>
      [ok ? "ok" : "NO", name, `${value} ${unit}`, ratio ?? "", goal ?? "", peer ?? ""].map(String),
    ),
  ];
  const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => row[column].length)));
  return rows
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column]))
        .join("  ")
        .trimEnd(),
    )
    .join("\n");
}
