import { type CommandWords, flagsOf, type Takes, type wordsOf } from "./words.js";

/** A completion script for bash. */
export function toBash(program: ReturnType<typeof wordsOf>, names: readonly string[]): string {
  const { commands } = program;
  const all = commands.map(({ name }) => name);
  return `# For bash: put this line into ~/.bashrc
#   eval "$(vultr-inference completion bash)"
_vultr_inference_paths() {
  local IFS=$'\\n'
  COMPREPLY=($(compgen "$1" -- "$word"))
}
_vultr_inference() {
  local word=\${COMP_WORDS[COMP_CWORD]} command= i
  for ((i = 1; i < COMP_CWORD; i++)); do
    case \${COMP_WORDS[i]} in ${all.join("|")}) command=\${COMP_WORDS[i]}; break ;; esac
  done
  COMPREPLY=()
  case "$command \${COMP_WORDS[COMP_CWORD - 1]}" in
${commands.flatMap(afterOptions).join("\n")}
  esac
  case $command in
${[{ ...program, name: '""', takes: all }, ...commands].map(ofCommand).join("\n")}
  esac
}
complete -o filenames -F _vultr_inference ${names.join(" ")}
`;
}

/** What comes after an option that takes something. */
function afterOptions({ name, options }: CommandWords): string[] {
  return options
    .filter(({ takes }) => takes !== "nothing")
    .map((option) => {
      const patterns = flagsOf(option).map((flag) => `"${name} ${flag}"`);
      return `    ${patterns.join("|")}) ${replies(option.takes)}; return ;;`;
    });
}

function ofCommand({ name, options, takes }: CommandWords): string {
  const flags = options.flatMap(flagsOf);
  const otherwise = takes === "nothing" || takes === "text" ? "" : `; else ${replies(takes)}`;
  return `    ${name}) if [[ $word == -* ]]; then ${replies(flags)}${otherwise}; fi ;;`;
}

function replies(takes: Takes): string {
  switch (takes) {
    case "folder":
      return "_vultr_inference_paths -d";
    case "file":
      return "_vultr_inference_paths -f";
    case "text":
    case "nothing":
      return ":";
    default:
      return `COMPREPLY=($(compgen -W "${takes.join(" ")}" -- "$word"))`;
  }
}
