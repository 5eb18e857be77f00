import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";
import { ROOT } from "../support/project-copy.js";

interface Snippet {
  readonly where: string;
  readonly code: string;
}

const files = (folder: string, ending: string): string[] =>
  readdirSync(join(ROOT, folder), { recursive: true, encoding: "utf8" }).flatMap((name) =>
    name.endsWith(ending) ? [join(folder, name)] : [],
  );

/** The TypeScript in fences of a text, without what stands before each line in a doc comment. */
function snippetsOf(path: string): Snippet[] {
  const text = readFileSync(join(ROOT, path), "utf8");
  return [...text.matchAll(/^( *(?:\* )?)```ts(?: \[[^\]\n]*\])?\n([^]*?)^ *(?:\* )?```/gmu)].map((match) => ({
    where: `${path}:${text.slice(0, match.index).split("\n").length}`,
    code: (match[2] ?? "").replaceAll(/^ *\* ?/gmu, match[1]?.includes("*") ? "" : "$&"),
  }));
}

const snippets = [
  "README.md",
  ...files("docs", ".md"),
  ...files("sdk", ".ts"),
  ...files("provider/client", ".ts"),
  ...files("local", ".ts"),
].flatMap(snippetsOf);

/** Compiles all snippets as if each were a file in this project's root, and answers what is wrong with each. */
function problems(): Map<string, string[]> {
  const sources = new Map(
    snippets.map(({ where, code }, index) => [join(ROOT, `snippet-${index}.mts`), { where, code }]),
  );
  const options: ts.CompilerOptions = {
    target: ts.ScriptTarget.ES2023,
    module: ts.ModuleKind.Node20,
    types: ["node", "jest"],
    // The client's own package is made of the provider's client.
    paths: { "vultr-inference": [join(ROOT, "provider/client/index.ts")] },
    strict: true,
    skipLibCheck: true,
    noEmit: true,
  };
  const disk = ts.createCompilerHost(options);
  const host: ts.CompilerHost = {
    ...disk,
    getCurrentDirectory: () => ROOT,
    fileExists: (name) => sources.has(name) || disk.fileExists(name),
    readFile: (name) => sources.get(name)?.code ?? disk.readFile(name),
    getSourceFile: (name, version, ...rest) => {
      const source = sources.get(name);
      return source ? ts.createSourceFile(name, source.code, version) : disk.getSourceFile(name, version, ...rest);
    },
  };
  const found = new Map<string, string[]>();
  for (const { file, messageText } of ts.getPreEmitDiagnostics(ts.createProgram([...sources.keys()], options, host))) {
    const where = (file && sources.get(file.fileName)?.where) ?? "the project";
    found.set(where, [...(found.get(where) ?? []), ts.flattenDiagnosticMessageText(messageText, "\n")]);
  }
  return found;
}

describe("An example in the docs", () => {
  const found = problems();

  it.each(snippets.map(({ where }) => where))("compiles: %s", (where) => {
    expect(found.get(where) ?? []).toEqual([]);
  });

  it("is there for every resource and function", () => {
    const documented = new Set(snippets.map(({ where }) => where.split(":")[0]));
    const public_ = files("sdk", ".ts").filter((path) =>
      /^export (?:class \w+ extends (?:InferenceResource|pulumi\.\w+Resource)|function \w+\()/mu.test(
        readFileSync(join(ROOT, path), "utf8"),
      ),
    );
    const internal = [
      "sdk/asset.ts",
      "sdk/knowledge-base-args.ts",
      "sdk/reachable.ts",
      "sdk/resource.ts",
      "sdk/functions/options.ts",
      "sdk/functions/call.ts",
    ];
    expect(public_.filter((path) => !documented.has(path) && !internal.includes(path))).toEqual([]);
  });
});
