import type { Argument, Command, Option } from "commander";

/** What follows an option, or stands as an argument: one of some words, a path, something else, or nothing. */
export type Takes = readonly string[] | "folder" | "file" | "text" | "nothing";

/** An option as a shell completes it. */
export interface OptionWords {
  /** Without hyphens: `stack`. */
  readonly long: string;
  readonly short: string | undefined;
  readonly description: string;
  readonly takes: Takes;
}

/** A command as a shell completes it. */
export interface CommandWords {
  readonly name: string;
  readonly description: string;
  readonly options: readonly OptionWords[];
  /** What its arguments are; the last one may come again. */
  readonly takes: Takes;
}

/** The commands and options that a program has, as its help lists them. */
export function wordsOf(program: Command): CommandWords & { readonly commands: readonly CommandWords[] } {
  const commands = program.createHelp().visibleCommands(program);
  const names = commands.map((command) => command.name());
  return {
    ...commandWords(program),
    commands: commands.map(commandWords).map((one) => (one.name === "help" ? { ...one, takes: names } : one)),
  };
}

function commandWords(command: Command): CommandWords {
  const [argument] = command.registeredArguments;
  return {
    name: command.name(),
    description: command.description(),
    options: command.createHelp().visibleOptions(command).flatMap(optionWords),
    takes: argument === undefined ? "nothing" : takenBy(argument.name(), argument),
  };
}

function optionWords(option: Option): OptionWords[] {
  const { long, short, description } = option;
  const [, placeholder] = /[<[]([\w-]+)[\]>]/u.exec(option.flags) ?? [];
  if (typeof long !== "string") return [];
  const takes = placeholder === undefined ? "nothing" : takenBy(placeholder, option);
  return [{ long: long.slice(2), short: short?.slice(1), description, takes }];
}

/** An option as it is typed, in each of its forms. */
export function flagsOf({ long, short }: OptionWords): string[] {
  return [`--${long}`, ...(short === undefined ? [] : [`-${short}`])];
}

/** Told by the placeholder in the help: `<folder>` and `<file>` are paths. */
function takenBy(placeholder: string, { argChoices }: Pick<Argument | Option, "argChoices">): Takes {
  if (argChoices !== undefined) return argChoices;
  return placeholder === "folder" || placeholder === "file" ? placeholder : "text";
}
