import { accessSync, chmodSync, constants, existsSync } from "node:fs";
import { join } from "node:path";

/**
 * The folder to hand to `PulumiCommand.get({ root })`, so that the Automation API runs stacks on the local engine.
 *
 * @throws Error when the engine's `bin/pulumi` is missing or may not be made executable.
 */
export function engineRoot(): string {
  // Compiled, this file stands in <package>/dist/local/engine; the command is shipped from <package>/local/engine.
  const root = existsSync(join(__dirname, "bin", "pulumi")) ? __dirname : join(__dirname, "../../../local/engine");
  const command = join(root, "bin", "pulumi");
  try {
    accessSync(command, constants.X_OK);
  } catch {
    chmodSync(command, 0o755);
  }
  return root;
}
