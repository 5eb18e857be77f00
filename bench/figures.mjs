// Draws what was measured, and writes it into docs/performance.md.
import { readFileSync, writeFileSync } from "node:fs";
import { cpus, totalmem } from "node:os";
import { fileURLToPath } from "node:url";

const PAGE = fileURLToPath(new URL("../docs/performance.md", import.meta.url));
const image = (name) => fileURLToPath(new URL(`../docs/images/${name}.svg`, import.meta.url));

/** What each picture compares: the lines of a benchmark, and who their value and their peer are. */
const FIGURES = {
  "bench-time": {
    title: "Seconds of an up that uploads so many texts",
    names: /^documents\.time\.items\.(\d+)$/,
    label: ([, size]) => `${size} texts`,
    ours: "one Documents",
    theirs: "an Item each",
  },
  "bench-state": {
    title: "Bytes of state for so many texts",
    names: /^documents\.state\.items\.(\d+)$/,
    label: ([, size]) => `${size} texts`,
    ours: "one Documents",
    theirs: "an Item each",
  },
  "bench-engine": {
    title: "Seconds for 500 resources",
    names: /^engine\.(up|secondUp|startUp)$/,
    label: ([, what]) => ({ up: "first up", secondUp: "second up", startUp: "empty stack" })[what],
    ours: "local engine",
    theirs: "Pulumi CLI",
  },
  "bench-client": {
    title: "Requests a second over loopback, 32 at once",
    names: /^client\.(\w+)$/,
    label: ([, what], { peer }) => `${what} (${peer})`,
    ours: "this client",
    theirs: "undici or openai",
  },
};

/** Where the ratio says how often the value goes into the peer's, and not the other way round. */
const isInverse = (name) => name.startsWith("documents.time") || name.startsWith("documents.state.");

export function writeDocs(lines) {
  for (const [name, figure] of Object.entries(FIGURES)) {
    const groups = lines.flatMap((line) => {
      const match = figure.names.exec(line.name);
      if (!match || line.ratio === null) return [];
      const theirs = isInverse(line.name) ? line.value * line.ratio : line.value / line.ratio;
      return [
        {
          label: figure.label(match, line),
          bars: [
            [figure.ours, line.value],
            [figure.theirs, theirs],
          ],
        },
      ];
    });
    if (groups.length > 0) writeFileSync(image(name), draw(figure.title, groups));
  }
  const page = readFileSync(PAGE, "utf8");
  writeFileSync(
    PAGE,
    page.replace(
      /(<!-- figures -->\n)([^]*)(<!-- end -->)/u,
      (_, begin, before, end) => `${begin}${text(lines, before)}\n${end}`,
    ),
  );
}

/** The table, with the rows of benchmarks that were not run as they stood in it before. */
function text(lines, before) {
  const machine = `${cpus().length} cores, ${Math.round(totalmem() / 2 ** 30)} GB, Node.js ${process.versions.node}`;
  const benchmarkOf = (name) => name.split(".")[0];
  const measured = new Set(lines.map(({ name }) => benchmarkOf(name)));
  const kept = [...before.matchAll(/^\| `([^`]+)`.*$/gmu)]
    .filter(([, name]) => !measured.has(benchmarkOf(name)))
    .map(([row]) => row);
  const rows = lines.map(
    ({ name, value, unit, peer, ratio, goal, ok }) =>
      `| \`${name}\` | ${value} ${unit} | ${peer ?? ""} | ${ratio ?? ""} | ${goal ?? ""}${ok ? "" : ", missed"} |`,
  );
  return [
    `Measured on ${new Date().toISOString().slice(0, 10)}: ${machine}.`,
    "",
    "| What | Value | Against | Ratio | Goal |",
    "|---|---|---|---|---|",
    ...[...kept, ...rows].sort(),
  ].join("\n");
}

const [LEFT, WIDTH, BAR, RIGHT] = [150, 420, 16, 130];

/** Bars in groups, on a white page as on a black one. */
function draw(title, groups) {
  const most = Math.max(...groups.flatMap(({ bars }) => bars.map(([, value]) => value)));
  const parts = [];
  let y = 34;
  for (const { label, bars } of groups) {
    parts.push(
      `<text x="${LEFT - 8}" y="${y + (bars.length * BAR) / 2 + 4}" text-anchor="end">${escaped(label)}</text>`,
    );
    for (const [index, [name, value]] of bars.entries()) {
      const width = Math.max(1, (value / most) * WIDTH);
      parts.push(
        `<rect class="${index === 0 ? "ours" : "theirs"}" x="${LEFT}" y="${y}" width="${width.toFixed(1)}" ` +
          `height="${BAR - 3}"/>`,
      );
      parts.push(
        `<text class="small" x="${LEFT + width + 6}" y="${y + BAR - 5}">${readable(value)} ${escaped(name)}</text>`,
      );
      y += BAR;
    }
    y += 12;
  }
  const width = LEFT + WIDTH + RIGHT;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${y}" width="${width}" height="${y}" role="img" aria-label="${escaped(title)}" font-family="system-ui, sans-serif" font-size="13">
<style>text { fill: #1f2328 } .small { font-size: 11px } .title { font-weight: 600 } .ours { fill: #1f6feb } .theirs { fill: #8c959f } @media (prefers-color-scheme: dark) { text { fill: #e6edf3 } .ours { fill: #58a6ff } .theirs { fill: #6e7681 } }</style>
<text class="title" x="8" y="18">${escaped(title)}</text>
${parts.join("\n")}
</svg>
`;
}

function readable(value) {
  return value >= 1_000 ? Math.round(value).toLocaleString("en-US") : String(Number(value.toPrecision(3)));
}

function escaped(text) {
  return String(text).replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;");
}
