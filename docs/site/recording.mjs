// Writes docs/images/try.svg, a recording of `try` in a terminal, from what it prints: node docs/site/recording.mjs
// Needs `script` of util-linux, which gives it a terminal to write colours to.
import { execFileSync } from "node:child_process";
import { cpSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const QUESTION = "Who pays for the parcel?";
const COLUMNS = 66;
const WIDTH = 600;
const LINE = 20;
const LEFT = 20;
const TOP = 56;
const COLOURS = { 1: "#ffffff;font-weight:bold", 2: "#8b949e", 32: "#7ee787", 36: "#79c0ff" };

let colour;

const folder = mkdtempSync(join(tmpdir(), "recording-"));
cpSync(join(ROOT, "examples/ci/docs"), join(folder, "docs"), { recursive: true });
const command = `stty cols ${COLUMNS}; ${process.execPath} ${join(ROOT, "dist/cli/main.js")} try docs "${QUESTION}"`;
const printed = execFileSync("script", ["-qec", command, "/dev/null"], {
  cwd: folder,
  encoding: "utf8",
  stdio: ["ignore", "pipe", "inherit"],
  env: { ...process.env, CI: "1" },
});
execFileSync(process.execPath, [join(ROOT, "dist/cli/main.js"), "try", "docs", "--destroy"], {
  cwd: folder,
  stdio: "ignore",
});
rmSync(folder, { recursive: true });

// What stands above it says where this machine keeps its state.
const shown = printed.replaceAll("\r", "").trimEnd().split("\n");
const lines = [
  `\u001b[1m$ npx pulumi-vultr-inference try docs "${QUESTION}"`,
  ...shown.slice(shown.findIndex((line) => line.includes("Deploying"))).flatMap(wrapped),
];
const height = TOP + lines.length * LINE;
const texts = lines.map(
  (line, index) =>
    `<text x="${LEFT}" y="${TOP + index * LINE}" xml:space="preserve" style="animation-delay:${delay(index)}s">` +
    `${spans(line)}</text>`,
);
writeFileSync(
  join(ROOT, "docs/images/try.svg"),
  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" role="img" aria-label="What try prints">
<style>
text { font: 14px ui-monospace, SFMono-Regular, Menlo, Consolas, "Liberation Mono", monospace; fill: #c9d1d9; animation: show .2s both }
@keyframes show { from { opacity: 0 } }
@media (prefers-reduced-motion: reduce) { text { animation: none } }
</style>
<rect width="${WIDTH}" height="${height}" rx="10" fill="#0d1117"/>
<circle cx="22" cy="20" r="6" fill="#ff5f56"/><circle cx="42" cy="20" r="6" fill="#ffbd2e"/><circle cx="62" cy="20" r="6" fill="#27c93f"/>
${texts.join("\n")}
</svg>
`,
);

/** A line goes on in the next one where it is longer than the terminal is wide. */
function wrapped(line) {
  const words = line.split(/(?<= )/u);
  const parts = [""];
  for (const word of words) {
    const isFull = parts.at(-1).length + word.length > COLUMNS && parts.at(-1).trim() !== "";
    if (isFull) parts.push(`  ${word}`);
    else parts.push(parts.pop() + word);
  }
  return parts;
}

/** The command stands there; what it prints comes step by step, and the answer after a pause. */
function delay(index) {
  const isAnswer = lines.slice(0, index + 1).some((line) => line.includes("? "));
  return index === 0 ? 0 : (0.8 + index * 0.25 + (isAnswer ? 0.6 : 0)).toFixed(2);
}

/** A line's text in its colours. One that is not ended goes on in the next line. */
function spans(line) {
  const [first, ...rest] = line.split("\u001b[");
  const parts = rest.map((part) => {
    const [, code, text] = part.match(/^(\d+)m([^]*)$/u);
    colour = COLOURS[code];
    return span(text);
  });
  return [span(first), ...parts].join("");
}

function span(text) {
  return colour === undefined || text === "" ? escape(text) : `<tspan style="fill:${colour}">${escape(text)}</tspan>`;
}

function escape(text) {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
}
