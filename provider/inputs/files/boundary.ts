import { existsSync, lstatSync, readlinkSync, realpathSync } from "node:fs";
import { dirname, isAbsolute, join, parse, relative, resolve, sep } from "node:path";

/**
 * What a program and its documents may be read from: the repository that the program is in, and without one the
 * project's folder. A pull request can put links there, but must not reach beyond by them.
 */
export function boundaryAround(folder: string): string {
  const real = realpathSync(resolve(folder));
  let project: string | undefined;
  for (let at = real; ; at = dirname(at)) {
    if (existsSync(join(at, ".git"))) return at;
    if (project === undefined && existsSync(join(at, "Pulumi.yaml"))) project = at;
    if (dirname(at) === at) return project ?? real;
  }
}

/** Whether a real path is in a folder, or is that folder. */
export function isWithin(folder: string, path: string): boolean {
  const way = relative(folder, path);
  return way === "" || (way !== ".." && !way.startsWith(`..${sep}`) && !isAbsolute(way));
}

/** Where a path leads. */
export interface Led {
  /** The path without links; not there where nothing is at its end. */
  readonly real?: string;
  /** Whether a link within the boundary leads out of it. */
  readonly leadsOut: boolean;
}

/** So many links in a row are a circle. */
const MOST_LINKS = 40;

/**
 * Follows a path step by step. What a program spells out may be anywhere; a link within the boundary may not lead out
 * of it.
 *
 * @param base the folder from which relative paths count.
 */
export function follow(path: string, base: string, boundary: string): Led {
  const start = resolve(realpathSync(base), path);
  let at = parse(start).root;
  let links = 0;
  let leadsOut = false;
  const rest = start
    .slice(at.length)
    .split(sep)
    .filter((part) => part !== "");
  for (let part = rest.shift(); part !== undefined; part = rest.shift()) {
    if (part === "..") {
      at = dirname(at);
      continue;
    }
    const next = join(at, part);
    const found = lstatSync(next, { throwIfNoEntry: false });
    if (found === undefined) return { leadsOut };
    if (!found.isSymbolicLink()) {
      at = next;
      continue;
    }
    if (++links > MOST_LINKS) throw Object.assign(new Error("too many links"), { code: "ELOOP" });
    const target = resolve(at, readlinkSync(next));
    if (isWithin(boundary, at)) leadsOut ||= !isWithin(boundary, realOr(target));
    const root = parse(target).root;
    rest.unshift(
      ...target
        .slice(root.length)
        .split(sep)
        .filter((one) => one !== ""),
    );
    at = root;
  }
  return { real: at, leadsOut };
}

/** A path without links, as far as there is something. */
function realOr(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    const parent = dirname(path);
    return parent === path ? path : join(realOr(parent), path.slice(parent.length + (parent.endsWith(sep) ? 0 : 1)));
  }
}
