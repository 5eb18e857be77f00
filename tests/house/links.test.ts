import { execFileSync } from "node:child_process";
import { existsSync, readFileSync, statSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import { ROOT } from "../support/project-copy.js";

const tracked = execFileSync("git", ["ls-files", "--cached", "--others", "--exclude-standard", "*.md"], {
  cwd: ROOT,
  encoding: "utf8",
});
/** Documents of examples and tests that are themselves content are not the project's pages. */
const pages = tracked
  .split("\n")
  .filter(
    (name) =>
      /^(?:[A-Z]\w+|docs\/(?:resources\/|site\/)?[^/]+|examples\/\w[\w-]*\/README|(?:provider|cli|local)\/.*README|examples\/README)(?:\.md)?$/u.test(
        name,
      ) || /^[A-Z_]+\.md$/u.test(name),
  );

/** What GitHub makes of a heading. */
function anchorOf(heading: string): string {
  return heading
    .trim()
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}\p{M} _-]/gu, "")
    .replaceAll(" ", "-");
}

function withoutCode(text: string): string {
  return text.replaceAll(/^```[^]*?^```/gmu, "").replaceAll(/`[^`\n]*`/gu, "");
}

function anchorsOf(path: string): string[] {
  const text = readFileSync(join(ROOT, path), "utf8").replaceAll(/^```[^]*?^```/gmu, "");
  return [...text.matchAll(/^#+ (.+)$/gmu)].map(([, heading = ""]) => anchorOf(heading));
}

function broken(page: string): string[] {
  const text = withoutCode(readFileSync(join(ROOT, page), "utf8"));
  const targets = [...text.matchAll(/\]\(([^)\s]+)\)|(?:src|srcset)="([^"]+)"/gu)].map(
    (match) => match[1] ?? match[2] ?? "",
  );
  return targets.filter((target) => {
    if (/^(?:https?|mailto):/u.test(target)) return false;
    const [path = "", anchor] = target.split("#");
    const file = path === "" ? page : normalize(join(dirname(page), path));
    if (!existsSync(join(ROOT, file))) return true;
    return anchor !== undefined && statSync(join(ROOT, file)).isFile() && !anchorsOf(file).includes(anchor);
  });
}

it.each(pages)("%s leads to what is there", (page) => {
  expect(broken(page)).toEqual([]);
});

it.each(pages)("%s names files of the project that are there", (page) => {
  const names = [
    ...readFileSync(join(ROOT, page), "utf8").matchAll(/`((?:provider|sdk|cli|local|bench|tests)\/[\w./-]+)`/gu),
  ].map(([, name = ""]) => name);
  expect(names.filter((name) => !existsSync(join(ROOT, name)))).toEqual([]);
});

const rooms = pages.filter((page) => /^(?:provider|cli|local)\//u.test(page));

it.each(rooms)("%s names files of its room that are there", (page) => {
  const names = [...readFileSync(join(ROOT, page), "utf8").matchAll(/`([\w-]+(?:\/[\w-]+)*\/[\w.-]+\.ts)`/gu)];
  expect(names.map(([, name = ""]) => name).filter((name) => !existsSync(join(ROOT, dirname(page), name)))).toEqual([]);
});
