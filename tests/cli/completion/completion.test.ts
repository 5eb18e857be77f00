import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Command, Option } from "commander";
import { toBash } from "../../../cli/completion/bash.js";
import { toFish } from "../../../cli/completion/fish.js";
import { wordsOf } from "../../../cli/completion/words.js";
import { toZsh } from "../../../cli/completion/zsh.js";
import { runCommand } from "../../support/command.js";
import { ROOT } from "../../support/project-copy.js";

describe("Completion in bash", () => {
  const folder = mkdtempSync(join(tmpdir(), "completion-"));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it("completes the commands, options and values that the command itself has", async () => {
    mkdirSync(join(folder, "my documents"));
    writeFileSync(join(folder, "my faults.json"), "[]");
    const { stdout: script } = await runCommand(process.execPath, ["dist/cli/main.js", "completion", "bash"], ROOT);
    const lines = [
      "vultr-inference dr",
      "vultr-inference drift --f",
      "vultr-inference drift --format ",
      "vultr-inference drift --stack prod --format j",
      "vultr-inference drift -s ",
      "vultr-inference drift --output my",
      "vultr-inference try my",
      "pulumi-vultr-inference emulator --faults my",
      "vultr-inference completion z",
      "vultr-inference help br",
      "vultr-inference --ver",
      "vultr-inference adopt ",
    ];
    const program = [
      script,
      "ask() {",
      '  COMP_WORDS=("$@") COMP_CWORD=$(($# - 1))',
      '  $(complete -p "$1" | sed "s/.*-F \\([^ ]*\\).*/\\1/")',
      '  (IFS="|"; echo "${COMPREPLY[*]}")',
      "}",
      // A line that ends with a space asks for the next word.
      ...lines.map((line) => `ask ${line}${line.endsWith(" ") ? '""' : ""}`),
    ].join("\n");
    const { code, stdout, stderr } = await runCommand("bash", ["--norc", "-c", program], folder);
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(
      stdout
        .split("\n")
        .slice(0, -1)
        .map((found, index) => [lines[index], found]),
    ).toEqual([
      ["vultr-inference dr", "drift"],
      ["vultr-inference drift --f", "--format|--fix"],
      ["vultr-inference drift --format ", "text|json|markdown|junit"],
      ["vultr-inference drift --stack prod --format j", "json|junit"],
      ["vultr-inference drift -s ", ""],
      ["vultr-inference drift --output my", expect.stringContaining("my faults.json")],
      ["vultr-inference try my", "my documents"],
      ["pulumi-vultr-inference emulator --faults my", expect.stringContaining("my faults.json")],
      ["vultr-inference completion z", "zsh"],
      ["vultr-inference help br", "browse"],
      ["vultr-inference --ver", "--version"],
      ["vultr-inference adopt ", ""],
    ]);
  });
});

describe("Completion in every shell", () => {
  const program = new Command("vultr-inference").version("1.0.0").addCommand(
    new Command("take")
      .description("take what's there: [all] of it")
      .argument("[folder]")
      .option("-o, --out <file>", "where it goes")
      .option("--quiet", "say nothing")
      .addOption(new Option("--kind <kind>", "of which kind").choices(["red", "blue"]))
      .addOption(new Option("--hidden", "for nobody").hideHelp()),
  );

  it.each([
    ["bash", toBash, ["take) if", "take --out", "take -o", "--quiet", "red blue"]],
    [
      "zsh",
      toZsh,
      ["'take:take what'\\''s there: [all] of it'", "--out[where it goes]:file", "(red blue)", "_files -/"],
    ],
    [
      "fish",
      toFish,
      ["-a take -d 'take what\\'s there: [all] of it'", "-l out -s o -r -F", "-l kind -x -a 'red blue'"],
    ],
  ])("has each command, option and value in %s, and nothing that the help hides", (_shell, script, parts) => {
    const text = script(wordsOf(program), ["vultr-inference"]);
    for (const part of parts) expect(text).toContain(part);
    expect(text).not.toContain("hidden");
  });
});
