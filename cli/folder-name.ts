import { InvalidArgumentError } from "commander";

/** Takes the path of a folder. An empty one, as of a variable that is not set, would mean the folder that one is in. */
export function folderName(path: string): string {
  if (path.trim() === "") throw new InvalidArgumentError("It is empty, and must be the path of a folder.");
  return path;
}
