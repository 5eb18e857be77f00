import { execFileSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "../support/project-copy.js";

/** The project's files: those that git keeps or would keep. */
const files = execFileSync("git", ["ls-files", "--cached", "--others", "--exclude-standard"], {
  cwd: ROOT,
  encoding: "utf8",
})
  .split("\n")
  .filter((name) => name !== "" && existsSync(join(ROOT, name)));

const folders = (path: string): string[] =>
  readdirSync(join(ROOT, path), { withFileTypes: true }).flatMap((entry) => (entry.isDirectory() ? [entry.name] : []));

describe("The house", () => {
  it("has its rooms, its settings and its community files on the top level, and nothing else", () => {
    const rooms = [
      ".changeset",
      ".ci",
      ".github",
      "bench",
      "cli",
      "docs",
      "examples",
      "local",
      "packages",
      "plugin",
      "provider",
      "sdk",
      "tests",
    ];
    const settings = [
      ".dependency-cruiser.cjs",
      ".editorconfig",
      ".gitignore",
      ".npmrc",
      "Pulumi.yaml",
      "biome.json",
      "eslint.config.mjs",
      "jest.config.js",
      "knip.json",
      "package-lock.json",
      "package.json",
      "tsconfig.json",
    ];
    const community = [
      "CHANGELOG.md",
      "CODE_OF_CONDUCT.md",
      "CONTRIBUTING.md",
      "LICENSE",
      "NOTICE",
      "README.md",
      "SECURITY.md",
    ];
    const top = new Set(files.map((name) => name.split("/")[0]));
    const strangers = [...top].filter((name) => ![...rooms, ...settings, ...community].includes(name ?? ""));
    expect(strangers).toEqual([]);
  });

  it("has no room for what has no name", () => {
    expect(
      files.filter((name) => /(^|\/)(utils?|helpers?|managers?|common|misc)(\/|\.[cm]?[jt]s$)/iu.test(name)),
    ).toEqual([]);
  });

  it("has no file that names a folder of somebody's machine", () => {
    const machine = new RegExp(
      `(^|[\\s"'\`(=:])/(${["home", "root", "Users", "work", "opt"].join("|")})/(?!you/)\\w`,
      "u",
    );
    const texts = files.filter((name) => statSync(join(ROOT, name)).size < 1_000_000);
    expect(texts.filter((name) => machine.test(readFileSync(join(ROOT, name), "utf8")))).toEqual([]);
  });

  it("locks no package to another registry than npm's own", () => {
    const lock = readFileSync(join(ROOT, "package-lock.json"), "utf8");
    const hosts = [...lock.matchAll(/"resolved": "https?:\/\/([^/"]+)/gu)].map(([, host]) => host);
    expect(hosts.filter((host) => host !== "registry.npmjs.org")).toEqual([]);
  });
});

describe("Each resource", () => {
  it.each(folders("provider/resources"))(
    "%s has its schema, its lifecycle, its class and their tests under one name",
    (room) => {
      for (const path of [
        `provider/resources/${room}/schema.ts`,
        `provider/resources/${room}/lifecycle.ts`,
        `sdk/${room}.ts`,
      ]) {
        expect(files).toContain(path);
      }
      expect(files).toContain(`tests/provider/resources/${room}/lifecycle.test.ts`);
    },
  );

  it.each(folders("provider/resources").filter((room) => room !== "documents"))(
    "%s is a room of at most four files",
    (room) => {
      expect(files.filter((name) => name.startsWith(`provider/resources/${room}/`)).length).toBeLessThanOrEqual(4);
    },
  );

  it("is an export of the provider under its name, and there is no other", () => {
    const rooms = folders("provider/resources").map((room) =>
      room.replaceAll(/-(\w)/gu, (_, letter: string) => letter.toUpperCase()),
    );
    const source = readFileSync(join(ROOT, "provider/index.ts"), "utf8");
    const exported = [...source.matchAll(/^export const (\w+)/gmu)].map(([, name]) => name);
    expect(exported.sort()).toEqual(rooms.sort());
  });
});

/** Those in other languages have the package for its plugin. */
const isOfNode = (example: string): boolean => files.includes(`examples/${example}/index.ts`);

describe("Each example", () => {
  it.each(folders("examples"))(
    "%s has a private package of its own, so that the engine runs it and not the project",
    (example) => {
      const manifest = JSON.parse(readFileSync(join(ROOT, "examples", example, "package.json"), "utf8")) as {
        private?: boolean;
        main?: string;
      };
      expect(manifest.private).toBe(true);
      if (isOfNode(example)) expect(files).toContain(`examples/${example}/${manifest.main}`);
      else
        expect(readFileSync(join(ROOT, "examples", example, "Pulumi.yaml"), "utf8")).toContain(
          "vultr-inference: ./node_modules/pulumi-vultr-inference/plugin\n",
        );
    },
  );

  it.each(folders("examples").filter(isOfNode))(
    "%s declares a TypeScript that Pulumi takes: its own is too old, and from 7 on there is no compiler to load",
    (example) => {
      const { devDependencies } = JSON.parse(readFileSync(join(ROOT, "examples", example, "package.json"), "utf8")) as {
        devDependencies?: Record<string, string>;
      };
      expect(devDependencies?.["typescript"]).toMatch(/^\^6\.\d+\.\d+$/u);
    },
  );

  it("takes the package by its name, as a user would", () => {
    const sources = files.filter((name) => /^examples\/.+\.[jt]s$/u.test(name));
    const imports = sources.flatMap((name) =>
      [...readFileSync(join(ROOT, name), "utf8").matchAll(/from "([^"]+)"/gu)].map(([, from]) => from ?? ""),
    );
    expect(imports).toContain("pulumi-vultr-inference");
    expect(imports.filter((from) => from.startsWith("../"))).toEqual([]);
  });

  it("comes after the quickstart, which is what the project's own stack runs", () => {
    expect(readFileSync(join(ROOT, "Pulumi.yaml"), "utf8")).toMatch(/^main: examples\/quickstart$/mu);
  });
});
