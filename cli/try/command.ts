import { Command } from "commander";
import { folderName } from "../folder-name.js";
import type { TryOptions } from "./try.js";

const EXAMPLES = `
Examples:
  npx pulumi-vultr-inference try docs                          the folder docs, and three general questions
  npx pulumi-vultr-inference try docs "Who pays the postage?"  and one of yours
  npx pulumi-vultr-inference try docs --watch                  once more whenever a file is saved
  npx pulumi-vultr-inference try docs --destroy                delete what was deployed

It needs no key, no account and no Pulumi CLI: the API is an emulator on this machine, unless --live is given.`;

/** `vultr-inference try`: a folder of documents as a knowledge base, deployed and asked. */
export function tryCommand(): Command {
  return new Command("try")
    .description("deploy a folder of documents to an API on this machine, ask it questions, and show it in a browser")
    .argument("[folder]", "folder of the documents; in a clone of this project, its own by default", folderName)
    .argument("[questions...]", "questions to ask once it is deployed")
    .option("--live", "use the live API and the key in VULTR_INFERENCE_API_KEY, instead of the emulator")
    .option("--watch", "deploy again when a file of the folder is saved, until Ctrl-C")
    .option("--destroy", "delete what was deployed of this folder, and its stack")
    .addHelpText("after", EXAMPLES)
    .action(
      async (folder: string | undefined, questions: string[], options: Omit<TryOptions, "folder" | "questions">) => {
        // Whoever reads the output may stop reading; the deployment goes on to its end all the same.
        process.stdout.on("error", (error: NodeJS.ErrnoException) => {
          if (error.code !== "EPIPE") throw error;
        });
        // The engine gets the interruption, too, and ends what it has begun; leaving first would take the emulator from
        // it.
        process.once("SIGINT", () => {
          process.stderr.write("Interrupted: waiting for what is under way. Ctrl-C once more stops at once.\n");
          process.once("SIGINT", () => process.exit(130));
        });
        const { tryFolder } = await import("./try.js");
        await tryFolder({ ...options, folder, questions });
      },
    );
}
