// A page for each export, from its docstring, and the sidebar that leads to them.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Application, ReflectionKind } from "typedoc";

/** Groups of the sidebar, by what an export is. */
const GROUPS = [
  ["Classes", ReflectionKind.Class],
  ["Functions", ReflectionKind.Function],
  ["Types", ReflectionKind.Interface | ReflectionKind.TypeAlias],
  ["Values", ReflectionKind.Variable | ReflectionKind.Enum],
];
const FOLDERS = {
  [ReflectionKind.Class]: "classes",
  [ReflectionKind.Function]: "functions",
  [ReflectionKind.Interface]: "interfaces",
  [ReflectionKind.TypeAlias]: "type-aliases",
  [ReflectionKind.Variable]: "variables",
  [ReflectionKind.Enum]: "enumerations",
};

/** Writes the pages into `out`. @returns the sidebar of the reference. */
export async function writeReference(root, out) {
  const { exports } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
  const names = new Map(
    Object.entries(exports).flatMap(([subpath, { types }]) =>
      types ? [[types.replace("./dist/", "").replace(".d.ts", ".ts"), join("pulumi-vultr-inference", subpath)]] : [],
    ),
  );
  const typedoc = await Application.bootstrapWithPlugins({
    entryPoints: [...names.keys()].map((path) => join(root, path)),
    tsconfig: join(root, "tsconfig.json"),
    plugin: ["typedoc-plugin-markdown"],
    outputs: [{ name: "markdown", path: out }],
    readme: "none",
    disableSources: true,
    excludeInternal: true,
    excludePrivate: true,
    excludeExternals: true,
    hideBreadcrumbs: true,
    hidePageHeader: true,
    entryFileName: "index",
    logLevel: "Warn",
    validation: { notExported: false, invalidLink: true, notDocumented: false },
  });
  const project = await typedoc.convert();
  if (!project) throw new Error("The reference could not be made.");
  for (const module of project.children ?? []) {
    const [, name] = [...names].find(([path]) => path.replace(/(\/index)?\.ts$/u, "") === module.name) ?? [];
    if (name) module.name = name;
  }
  await typedoc.generateOutputs(project);
  return (project.children ?? []).map(sectionOf).sort((one, other) => one.text.localeCompare(other.text));
}

/** The exports of a module, by what they are. */
function sectionOf(module) {
  const base = `/reference/${module.name}`;
  const items = GROUPS.flatMap(([text, kinds]) => {
    const found = (module.children ?? []).filter(({ kind }) => (kind & kinds) !== 0);
    const links = found
      .map(({ name, kind }) => ({ text: name, link: `${base}/${FOLDERS[kind]}/${name}` }))
      .sort((one, other) => one.text.localeCompare(other.text));
    return links.length === 0 ? [] : [{ text, collapsed: true, items: links }];
  });
  return { text: module.name, link: `${base}/`, items };
}
