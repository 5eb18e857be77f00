// Links of pages as GitHub follows them, and where they lead on the site.
import { posix } from "node:path";
import { REPOSITORY } from "./address.mjs";

const TOP = { README: "/", CONTRIBUTING: "/contributing.md", SECURITY: "/security.md", CHANGELOG: "/changelog.md" };

/** A page's text with links that lead to the same on the site. @param page its path in the project. */
export function relinked(text, page) {
  const to = (target) => onSite(target, page);
  return text
    .replaceAll("<!-- tabs -->", "::: code-group")
    .replaceAll("<!-- end of tabs -->", ":::")
    .replaceAll(/(?<=\]\()[^)\s]+(?=\))/gu, to)
    .replaceAll(/(?<=(?:src|srcset)=")[^"]+(?=")/gu, to);
}

function onSite(target, page) {
  if (/^(?:[a-z]+:|#|\/)/u.test(target)) return target;
  const [path, anchor] = target.split("#");
  const file = posix.join(posix.dirname(page), path);
  return placeOf(file) + (anchor === undefined ? "" : `#${anchor}`);
}

function placeOf(file) {
  const [, top] = file.match(/^(\w+)\.md$/u) ?? [];
  const [, example] = file.match(/^examples\/([\w-]+)\/?$/u) ?? [];
  if (file === "LICENSE") return "/license.md";
  if (TOP[top] !== undefined) return TOP[top];
  if (example !== undefined) return `/examples/${example}.md`;
  if (file.startsWith("docs/")) return file.slice("docs".length);
  return REPOSITORY === undefined ? file : `${REPOSITORY}/blob/main/${file}`;
}

/** A page's text with links that lead to the repository, for where there is no repository around it: npm, for one. */
export function absolute(text, repository, version) {
  const at = (kind) => (target) =>
    /^(?:[a-z]+:|#)/u.test(target) ? target : `${repository}/${kind}/v${version}/${target.replace(/\/$/u, "")}`;
  return text
    .replaceAll(/(?<=!\[[^\]]*\]\()[^)\s]+(?=\))/gu, at("raw"))
    .replaceAll(/(?<=(?:src|srcset)=")[^"]+(?=")/gu, at("raw"))
    .replaceAll(/(?<=\]\()[^)\s]+(?=\))/gu, at("blob"));
}
