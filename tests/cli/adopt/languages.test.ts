import { execFileSync, spawnSync } from "node:child_process";
import { parse } from "yaml";
import { programIn, type TakenOver } from "../../../cli/adopt/languages.js";

const taken: TakenOver[] = [
  {
    id: "faq",
    name: 'Price ${list} "2026"',
    items: [
      {
        name: "returns",
        id: "1",
        path: "documents/faq/returns.md",
        description: 'Returns "\u00e4" ${x}',
        isTagged: false,
      },
      { name: "lost", id: "2", path: "documents/faq/lost.md", isTagged: true },
    ],
  },
  { id: "empty", name: "$$ of $${list}, $5", items: [] },
];

/** Whether a tool that reads a language is on this machine. */
const has = (tool: string): boolean => spawnSync(tool, ["--help"], { stdio: "ignore" }).error === undefined;
const read = (language: "yaml" | "python" | "go", file: string): string =>
  programIn(language, "faq", taken, ['1 file of "faq"']).get(file) ?? "";

test("a stack in YAML imports what bears no tag, adopts the rest, and takes no text for what a resource has", () => {
  const { packages, resources } = parse(read("yaml", "Pulumi.yaml")) as { packages: object; resources: object };
  expect(packages).toEqual({ "vultr-inference": "./node_modules/pulumi-vultr-inference/plugin" });
  expect(resources).toEqual({
    faq: {
      type: "vultr-inference:Collection",
      properties: { name: 'Price $${list} "2026"' },
      options: { import: "faq", protect: true },
    },
    "faq-returns": {
      type: "vultr-inference:Item",
      properties: {
        collectionId: "${faq.collectionId}",
        content: { "fn::fileAsset": "documents/faq/returns.md" },
        description: 'Returns "\u00e4" $${x}',
      },
      options: { import: "faq/1", protect: true },
    },
    "faq-lost": {
      type: "vultr-inference:Item",
      properties: {
        collectionId: "${faq.collectionId}",
        content: { "fn::fileAsset": "documents/faq/lost.md" },
        adopt: "2",
      },
      options: { protect: true },
    },
    empty: {
      type: "vultr-inference:Collection",
      properties: { name: "$$$ of $$$${list}, $5" },
      options: { import: "empty", protect: true },
    },
  });
});

(has("python3") ? test : test.skip)("a stack in Python can be read by Python", () => {
  const program = read("python", "__main__.py");
  execFileSync("python3", ["-c", "import ast, sys; ast.parse(sys.stdin.read())"], {
    input: program,
    stdio: ["pipe", "pipe", "pipe"],
  });
  expect(program).toContain('import_="faq/1", protect=True');
  expect(program).toContain('adopt="2"');
});

(has("gofmt") ? test : test.skip)("a stack in Go is as gofmt writes it", () => {
  const program = read("go", "main.go");
  expect(execFileSync("gofmt", { input: program, encoding: "utf8" })).toBe(program);
});
