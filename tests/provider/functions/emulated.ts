import { redactKey } from "../../../provider/client/http/words";
import type { FunctionContext } from "../../../provider/functions/function";
import { emulated, type Emulated } from "../emulated";

/** What functions work with, over an emulator in memory. */
export async function emulatedForFunctions(): Promise<Emulated & FunctionContext> {
  const api = await emulated();
  return { ...api, redact: redactKey(api.emulator.key) };
}
