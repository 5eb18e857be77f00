import type { CommandWords, OptionWords, Takes, wordsOf } from "./words.js";

/** A completion script for fish. */
export function toFish(program: ReturnType<typeof wordsOf>, names: readonly string[]): string {
  const { commands } = program;
  const lines = names.flatMap((command) => {
    const begin = `complete -c ${command}`;
    const none = `-n __fish_use_subcommand`;
    return [
      `${begin} -f`,
      ...program.options.map((option) => `${begin} ${none} ${optionFlags(option)}`),
      ...commands.map(({ name, description }) => `${begin} ${none} -a ${name} -d ${quoted(description)}`),
      ...commands.flatMap((one) => ofCommand(begin, one)),
    ];
  });
  return [
    "# For fish: write this to a file of fish's",
    "#   vultr-inference completion fish > ~/.config/fish/completions/vultr-inference.fish",
    ...lines,
    "",
  ].join("\n");
}

function ofCommand(begin: string, { name, options, takes }: CommandWords): string[] {
  const seen = `${begin} -n '__fish_seen_subcommand_from ${name}'`;
  const paths = takes === "folder" || takes === "file";
  const words = typeof takes === "string" ? [] : [`${seen} -a ${quoted(takes.join(" "))}`];
  return [...(paths ? [`${seen} -F`] : words), ...options.map((option) => `${seen} ${optionFlags(option)}`)];
}

function optionFlags({ long, short, description, takes }: OptionWords): string {
  const flags = [`-l ${long}`, ...(short === undefined ? [] : [`-s ${short}`]), ...valueFlags(takes)];
  return `${flags.join(" ")} -d ${quoted(description)}`;
}

function valueFlags(takes: Takes): string[] {
  if (takes === "nothing") return [];
  if (takes === "folder" || takes === "file") return ["-r", "-F"];
  return takes === "text" ? ["-x"] : ["-x", `-a ${quoted(takes.join(" "))}`];
}

function quoted(text: string): string {
  return `'${text.replaceAll(/[\\']/gu, String.raw`\$&`)}'`;
}
