import { Argument, Command } from "commander";
import { toBash } from "./bash.js";
import { toFish } from "./fish.js";
import { wordsOf } from "./words.js";
import { toZsh } from "./zsh.js";

const SHELLS = { bash: toBash, zsh: toZsh, fish: toFish } as const;

/** Both names of the command. */
const NAMES = ["vultr-inference", "pulumi-vultr-inference"] as const;

const EXAMPLES = `
Examples:
  eval "$(vultr-inference completion bash)"                in ~/.bashrc
  eval "$(vultr-inference completion zsh)"                 in ~/.zshrc, behind compinit
  vultr-inference completion fish > ~/.config/fish/completions/vultr-inference.fish

A shell completes commands that it can run: install the package globally, or define
  vultr-inference() { npx vultr-inference "$@"; }`;

/** `vultr-inference completion`: a script that makes a shell complete commands, options and their values. */
export function completionCommand(): Command {
  return new Command("completion")
    .description("print a script that completes commands and options in a shell")
    .addArgument(new Argument("<shell>", "which shell").choices(Object.keys(SHELLS)))
    .addHelpText("after", EXAMPLES)
    .action((shell: keyof typeof SHELLS, _options: unknown, { parent }: Command) => {
      if (parent !== null) process.stdout.write(SHELLS[shell](wordsOf(parent), NAMES));
    });
}
