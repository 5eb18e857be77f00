#!/usr/bin/env node
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Command } from "commander";
import { adoptCommand } from "./adopt/command.js";
import { diffCommand } from "./diff/command.js";
import { driftCommand } from "./drift/command.js";
import { emulatorCommand } from "./emulator.js";
import { reportAndExit } from "./report.js";

const { version } = JSON.parse(readFileSync(join(__dirname, "../../package.json"), "utf8")) as { version: string };

new Command("vultr-inference")
  .description("Tools beside the Pulumi provider for Vultr Serverless Inference")
  .version(version)
  .addCommand(adoptCommand())
  .addCommand(diffCommand())
  .addCommand(driftCommand())
  .addCommand(emulatorCommand())
  .parseAsync()
  .catch(reportAndExit);
