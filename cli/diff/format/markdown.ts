import { shorten } from "../../../provider/text/clean.js";
import { count, number } from "../../../provider/text/quantity.js";
import { plain } from "../../markdown.js";
import type { Change, Cost, DiffReport, Kind, ResourceDiff, TestResult } from "../report.js";
import { about, headline, isUnchanged, sectionName, SIGNS, sumsInWords } from "./words.js";

/** So many rows are there to see; more are folded. */
const OPEN_ROWS = 10;
const LONGEST_NAME = 120;
const LONGEST_MESSAGE = 300;
/** In characters, for all tables. A comment may have 65,536. */
const ROOM = 40_000;
/** Of each list. */
const LINES = 15;

/** A report as a comment on a pull request. Its first line is what a bot finds its own comment by, to write over it. */
export function toMarkdown(report: DiffReport): string {
  const { project, stack, base, resources, others, problems, status, tests = [] } = report;
  const sign = { failed: "❗", changed: "📚", same: "✅", unknown: "❔" }[status];
  const changed = resources.filter((resource) => !isUnchanged(resource));
  const said = (severity: string): string[] =>
    problems
      .filter((problem) => problem.severity === severity)
      .map(({ resource, message }) => text(about(resource, message), LONGEST_MESSAGE));
  const room = { left: ROOM };
  return [
    `<!-- vultr-inference diff: ${`${project}/${stack}`.replaceAll(/[^\w./]+/gu, "-")} -->`,
    `### ${sign} ${plain(headline(report))}`,
    ...list("Errors", said("error")),
    ...list("Good to know", said("warning")),
    ...changed.slice(0, LINES).flatMap((resource) => documents(resource, room)),
    ...changed.slice(0, LINES).flatMap((resource) => sections(resource, changed.length > 1, room)),
    ...list(
      "Other resources",
      others.map(({ change, type, resource }) => text(`${SIGNS[change]} ${type} ${resource}`)),
    ),
    ...list("Questions to what is deployed", tests.flatMap(questions)),
    "",
    `<sub>Compared with ${text(base.ref)} at ${base.commit.slice(0, 7)}. Tokens are estimates.</sub>`,
    "",
  ].join("\n");
}

function text(of: string, longest = LONGEST_NAME): string {
  return plain(shorten(of, longest));
}

function list(title: string, entries: readonly string[]): string[] {
  const more = entries.length > LINES ? [`- … ${number(entries.length - LINES)} more`] : [];
  return entries.length === 0
    ? []
    : ["", `**${title}**`, "", ...entries.slice(0, LINES).map((entry) => `- ${entry}`), ...more];
}

interface Room {
  left: number;
}

interface Row {
  readonly change: Kind;
  readonly name: string;
  readonly chunks: Cost;
  readonly tokens: Cost;
}

function documents(resource: ResourceDiff, room: Room): string[] {
  const title = `**${text(resource.resource)}**: ${plain(sumsInWords(resource))}`;
  const rows = resource.documents.map((document) => ({
    ...document,
    name: `${document.name}${document.movedFrom.length === 0 ? "" : ` (from ${document.movedFrom.join(", ")})`}`,
  }));
  if (rows.length === 0) return ["", title];
  const lines = table("Document", rows, room);
  return rows.length <= OPEN_ROWS
    ? ["", title, "", ...lines]
    : ["", title, ...folded(count(rows.length, "document"), lines)];
}

function sections({ resource, documents: all }: ResourceDiff, isNamed: boolean, room: Room): string[] {
  const rows = all
    .filter(({ change }) => change === "changed")
    .flatMap((document) =>
      document.sections.map((section) => ({ ...section, name: `${document.name} › ${sectionName(section)}` })),
    );
  return rows.length === 0
    ? []
    : folded(`Sections that change${isNamed ? ` in ${text(resource)}` : ""}`, table("Section", rows, room));
}

function folded(summary: string, lines: readonly string[]): string[] {
  return ["", `<details><summary>${summary}</summary>`, "", ...lines, "", "</details>"];
}

/** As many rows as there is room for. */
function table(what: string, rows: readonly Row[], room: Room): string[] {
  const lines: string[] = [];
  for (const { change, name, chunks, tokens } of rows) {
    const cells = [
      plain(SIGNS[change]),
      text(name),
      span(chunks),
      span(tokens),
      tokens.toEmbed === 0 ? "–" : number(tokens.toEmbed),
    ];
    const line = `| ${cells.join(" | ")} |`;
    if (line.length > room.left) break;
    room.left -= line.length + 1;
    lines.push(line);
  }
  const more = rows.length > lines.length ? ["", `… and ${number(rows.length - lines.length)} more`] : [];
  return [`| | ${what} | Chunks | Tokens | To embed |`, "|---|---|---|---|---|", ...lines, ...more];
}

function span({ before, after }: Change): string {
  return before === after ? number(after) : `${number(before)} → ${number(after)}`;
}

function questions({ resource, holds, message, questions: asked }: TestResult): string[] {
  const sign = holds === undefined ? "❗" : holds ? "✅" : "❌";
  return [
    `${sign} ${text(about(resource, message), LONGEST_MESSAGE)}`,
    ...asked.filter((one) => !one.holds).map((one) => `❌ ${text(one.query)}${one.isNew ? " (new)" : ""}`),
  ];
}
