import { InvalidArgumentError } from "commander";

/** Takes an option that is a whole number, from 0 to `most`. */
export function whole(most: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (text.trim() !== "" && Number.isInteger(value) && value >= 0 && value <= most) return value;
    throw new InvalidArgumentError(`It must be a whole number from 0 to ${most}.`);
  };
}
