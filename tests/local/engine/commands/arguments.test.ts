import { parseArguments } from "../../../../local/engine/commands/arguments.js";
import { commandOf, COMMANDS } from "../../../../local/engine/commands/table.js";

const up = (...args: string[]): ReturnType<typeof parseArguments> =>
  parseArguments("pulumi up", COMMANDS["up"]?.flags ?? {}, args);

describe("command lines", () => {
  it("are read as the Pulumi CLI reads them", () => {
    const args = up("-y", "--parallel=4", "-s", "dev", "--refresh=false", "--skip-preview", "--", "--yes", "x");
    expect([args.has("yes"), args.text("parallel"), args.text("stack"), args.has("refresh")]).toEqual([
      true,
      "4",
      "dev",
      false,
    ]);
    expect(args.positionals).toEqual(["--yes", "x"]);
  });

  it("keep the order of flags given several times", () => {
    const line = ["--secret", "a=1", "--plaintext", "b=2", "--secret", "c=3"];
    const args = parseArguments("pulumi config set-all", COMMANDS["config set-all"]?.flags ?? {}, line);
    expect(args.given).toEqual([
      ["secret", "a=1"],
      ["plaintext", "b=2"],
      ["secret", "c=3"],
    ]);
  });

  it.each([
    "--target",
    "--exclude",
    "--replace",
    "--policy-pack",
    "--continue-on-error",
    "--attach-debugger",
    "--plan",
    "--remote",
    "--diff",
    "--json",
  ])("refuse %s by name", (flag) => {
    expect(() => up(flag, "x")).toThrow(
      `The flag ${flag} of "pulumi up" is not supported by the local engine; use the Pulumi CLI`,
    );
  });

  it.each([
    [["import"], "pulumi import"],
    [["stack", "import", "--file", "x"], "pulumi stack import"],
    [["stack", "rename", "x"], "pulumi stack rename"],
    [["config", "env", "add"], "pulumi config env"],
    [["plugin", "ls"], "pulumi plugin"],
    [["stack", "--show-urns"], "pulumi stack"],
  ])("refuse the command %j by name", (line, name) => {
    expect(() => commandOf(line)).toThrow(
      `The command "${name}" is not supported by the local engine; use the Pulumi CLI`,
    );
  });

  it("say which flag lacks its value", () => {
    expect(() => up("--stack")).toThrow("flag needs an argument: --stack");
  });
});
