import { Command } from "commander";
import { reportAndExit } from "../report.js";
import { start, type StartOptions } from "./start.js";

// Whoever reads the output may stop reading; the deployment goes on to its end all the same.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code !== "EPIPE") throw error;
});

// The engine gets the interruption, too, and ends what it has begun; leaving first would take the emulator from it.
process.once("SIGINT", () => {
  process.stderr.write("Interrupted: waiting for what is under way. Ctrl-C once more stops at once.\n");
  process.once("SIGINT", () => process.exit(130));
});

new Command("npm start --")
  .description("Deploys a folder of documents as a knowledge base, and asks it questions.")
  .argument("[folder]", "folder of the documents (default: this project's own docs)")
  .argument("[questions...]", "questions to ask once it is deployed")
  .option("--live", "use the live API and the key in VULTR_INFERENCE_API_KEY, instead of the emulator")
  .option("--destroy", "delete what was deployed of this folder, and its stack")
  .action((folder: string | undefined, questions: string[], options: Pick<StartOptions, "live" | "destroy">) =>
    start({ ...options, folder, questions }),
  )
  .parseAsync()
  .catch(reportAndExit);
