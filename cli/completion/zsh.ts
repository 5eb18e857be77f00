import { type CommandWords, flagsOf, type OptionWords, type Takes, type wordsOf } from "./words.js";

/** A completion script for zsh. */
export function toZsh(program: ReturnType<typeof wordsOf>, names: readonly string[]): string {
  const { commands } = program;
  const define = `compdef _vultr_inference ${names.join(" ")}`;
  return `#compdef ${names.join(" ")}
# For zsh: put this line into ~/.zshrc, behind compinit
#   eval "$(vultr-inference completion zsh)"
_vultr_inference() {
  local curcontext=$curcontext state line
  local -A opt_args
  local -a commands=(
${commands.map(({ name, description }) => `    ${quoted(`${name}:${description}`)}`).join("\n")}
  )
  _arguments -C ${program.options.map(optionSpec).join(" ")} '1: :->command' '*:: :->arguments'
  case $state in
    command) _describe command commands ;;
    arguments) case $words[1] in
${commands.map(ofCommand).join("\n")}
    esac ;;
  esac
}
if [[ $funcstack[1] == _vultr_inference ]]; then _vultr_inference "$@"; else ${define}; fi
`;
}

function ofCommand({ name, options, takes }: CommandWords): string {
  const rest = takes === "nothing" ? [] : [quoted(`*:${actionOf(takes)}`)];
  return `      ${name}) _arguments ${[...options.map(optionSpec), ...rest].join(" ")} ;;`;
}

function optionSpec(option: OptionWords): string {
  const { description, takes } = option;
  const text = `[${description.replaceAll(/[[\]\\:]/gu, String.raw`\$&`)}]`;
  const value = takes === "nothing" ? "" : `:${actionOf(takes)}`;
  return flagsOf(option)
    .map((flag) => quoted(`*${flag}${text}${value}`))
    .join(" ");
}

/** The message and the action of a specification. */
function actionOf(takes: Takes): string {
  if (takes === "folder") return "folder:_files -/";
  if (takes === "file") return "file:_files";
  return typeof takes === "string" ? "value: " : `value:(${takes.join(" ")})`;
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", String.raw`'\''`)}'`;
}
