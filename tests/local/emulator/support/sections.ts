import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";

const LONGEST = 1_000;

/** Cuts a Markdown text at its headings and then at empty lines; each chunk begins with the path of its headings. */
export function sections(markdown: string, title: string): string[] {
  const chunks: string[] = [];
  const headings: (string | undefined)[] = [];
  let lines: string[] = [];
  let inCode = false;
  const flush = (): void => {
    const path = [title, ...headings.filter((heading) => heading !== undefined)].join(" > ");
    chunks.push(...paragraphs(lines.join("\n").trim()).map((body) => `${path}\n\n${body}`));
    lines = [];
  };
  for (const line of markdown.split("\n")) {
    if (line.startsWith("```")) inCode = !inCode;
    const level = inCode ? undefined : /^(#{1,6}) /.exec(line)?.[1]?.length;
    if (level === undefined) lines.push(line);
    else {
      flush();
      headings.splice(
        level - 1,
        Infinity,
        ...Array<undefined>(Math.max(0, level - 1 - headings.length)).fill(undefined),
        line,
      );
    }
  }
  flush();
  return chunks;
}

function paragraphs(body: string): string[] {
  const chunks: string[] = [];
  for (const paragraph of body.split(/\n\n+/).flatMap((part) => part.match(/[^]{1,1000}/g) ?? [])) {
    const last = chunks.at(-1);
    if (last !== undefined && last.length + paragraph.length < LONGEST)
      chunks[chunks.length - 1] = `${last}\n\n${paragraph}`;
    else chunks.push(paragraph);
  }
  return chunks;
}

/** The sections of a Markdown file, or of all in a folder. */
export function sectionsOf(path: string): string[] {
  if (path.endsWith(".md")) return sections(readFileSync(path, "utf8"), "Readme");
  const files = readdirSync(path, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".md"))
    .sort();
  return files.flatMap((name) => sections(readFileSync(join(path, name), "utf8"), relative("docs", name)));
}
