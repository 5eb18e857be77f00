import { existsSync, lstatSync, mkdirSync, readdirSync, realpathSync, symlinkSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, relative, sep } from "node:path";

/**
 * Puts the packages that are installed in a working tree into a checkout of it, by links.
 *
 * @param folders - relative to both roots; those around the stack's folder come by themselves.
 */
export function linkPackages(root: string, checkout: string, folders: readonly string[], stackFolder: string): void {
  const around = stackFolder.split("/").map((_, index, parts) => parts.slice(0, parts.length - index).join("/"));
  for (const folder of new Set([...folders, ...around, ""])) {
    const [there, here] = [join(root, folder, "node_modules"), join(checkout, folder, "node_modules")];
    if (existsSync(there) && existsSync(dirname(here)) && lstatSync(here, { throwIfNoEntry: false }) === undefined)
      linkFolder(there, here, root, checkout);
  }
}

/** Packages of the repository itself, as workspaces link them, are to be those of the checkout. */
function linkFolder(there: string, here: string, root: string, checkout: string): void {
  const names = readdirSync(there);
  const isScope = (name: string): boolean => name.startsWith("@");
  const paths = names.flatMap((name) =>
    isScope(name) ? readdirSync(join(there, name)).map((inner) => join(there, name, inner)) : join(there, name),
  );
  if (paths.every((path) => ownPlace(path, root) === undefined)) {
    symlinkSync(there, here);
    return;
  }
  mkdirSync(here);
  for (const name of names) {
    const [from, to] = [join(there, name), join(here, name)];
    if (isScope(name)) linkFolder(from, to, root, checkout);
    else symlinkSync(ownPackage(from, root, checkout) ?? from, to);
  }
}

/** Where a link leads to within the repository, other than to installed packages. */
function ownPlace(path: string, root: string): string | undefined {
  if (!lstatSync(path).isSymbolicLink() || !existsSync(path)) return undefined;
  const place = relative(root, realpathSync(path));
  return place.startsWith("..") || place.split(sep).includes("node_modules") ? undefined : place;
}

/** The package in the checkout; nothing where it is none, or cannot be loaded since what is built is not in git. */
function ownPackage(path: string, root: string, checkout: string): string | undefined {
  const place = ownPlace(path, root);
  if (place === undefined) return undefined;
  const own = join(checkout, place);
  try {
    createRequire(join(own, "package.json")).resolve(own);
    return own;
  } catch {
    return undefined;
  }
}
