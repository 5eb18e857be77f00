#!/usr/bin/env node
// First: what it puts off is half of the time that each command takes to start.
import "../local/engine/plugins/late.js";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Command } from "commander";
import { adoptCommand } from "./adopt/command.js";
import { browseCommand } from "./browse/command.js";
import { completionCommand } from "./completion/command.js";
import { deleteCommand } from "./delete/command.js";
import { diffCommand } from "./diff/command.js";
import { doctorCommand } from "./doctor/command.js";
import { driftCommand } from "./drift/command.js";
import { emulatorCommand } from "./emulator.js";
import { reportAndExit } from "./report.js";
import { tryCommand } from "./try/command.js";

const { version } = JSON.parse(readFileSync(join(__dirname, "../../package.json"), "utf8")) as { version: string };

const EXAMPLES = `
Examples:
  vultr-inference try docs "Who pays the postage?"  a folder as a knowledge base on this machine, and what it answers
  vultr-inference diff main                         what this branch does to the documents, for a pull request
  vultr-inference drift --stack prod                what differs in the API from what is deployed
  vultr-inference adopt handbook --out knowledge    a stack for a collection that was made by hand
  vultr-inference delete handbook/6f1c…             what a deployment has kept, since it could not prove it to be its own
  vultr-inference doctor                            what is used, and whether it works
  vultr-inference browse --stack prod               an account in a browser, to look at and to search
  vultr-inference emulator --port 8080              the API on this machine

Exit codes, of which each command's own help says what they mean there:
  0    done
  7    drift: something differs
  1    an error
  130  interrupted

The key is read from the stack's configuration or VULTR_INFERENCE_API_KEY, never from an option. NO_COLOR is honoured.`;

new Command("vultr-inference")
  .description("Tools beside the Pulumi provider for Vultr Serverless Inference")
  .version(version)
  .addCommand(adoptCommand())
  .addCommand(browseCommand())
  .addCommand(completionCommand())
  .addCommand(deleteCommand())
  .addCommand(diffCommand())
  .addCommand(doctorCommand())
  .addCommand(driftCommand())
  .addCommand(emulatorCommand())
  .addCommand(tryCommand())
  .addHelpText("after", EXAMPLES)
  .parseAsync()
  .catch(reportAndExit);
