import { join } from "node:path";
import { startEmulator } from "../../local/emulator/index.js";
import { DataFolderInUseError } from "../../local/emulator/storage/durable.js";

/** The API that a run talks to. */
export interface Api {
  readonly label: string;
  /** How the provider is told of it. */
  readonly environment: Readonly<Record<string, string>>;
  /** Whether using it costs money. */
  readonly costs: boolean;
  /**
   * Where there is an emulator: the address of its page and its base URL. The file that holds its key, where one does.
   */
  readonly emulator?: { readonly page: string; readonly url: string; readonly keyFile?: string };
  close(): Promise<void>;
}

const KEY = "VULTR_INFERENCE_API_KEY";
const URL = "VULTR_INFERENCE_BASE_URL";

/** The emulator, or, only when told so, the live API with the key in the environment. */
export async function chooseApi(live: boolean, local: string, isKept: boolean): Promise<Api> {
  const environment = process.env;
  const key = environment[KEY];
  const url = environment[URL];
  // What merely lies in the environment is used only when asked for: neither the stack nor a child process sees it.
  for (const name of Object.keys(environment).filter(
    (name) => name.startsWith("VULTR_INFERENCE_") && name !== "VULTR_INFERENCE_LOG",
  )) {
    Reflect.deleteProperty(environment, name);
  }
  if (live) return liveApi(key, url ?? "https://api.vultrinference.com/v1");
  const emulator = await startEmulator(isKept ? { dataDir: join(local, "emulator") } : {}).catch((error: unknown) => {
    if (!(error instanceof DataFolderInUseError)) throw error;
    throw new Error("It is running already, and keeps its emulator to itself: end the other one with Ctrl-C first.");
  });
  return {
    label: `emulator on this machine, ${emulator.url}, free of charge`,
    // A search waits until everything before it is embedded, which takes minutes for a large folder on a small machine.
    environment: { [KEY]: emulator.key, [URL]: emulator.url, VULTR_INFERENCE_TIMEOUT_SECONDS: "900" },
    costs: false,
    emulator: { page: emulator.page, url: emulator.url, ...(isKept && { keyFile: join(local, "emulator", "key") }) },
    close: () => emulator.close(),
  };
}

function liveApi(key: string | undefined, url: string): Api {
  if (!key) throw new Error(`--live needs the inference subscription's key in the environment variable ${KEY}.`);
  return {
    label: `${url}, with the key in ${KEY}: embedding the documents is charged to its subscription`,
    environment: { [KEY]: key, [URL]: url },
    costs: true,
    close: () => Promise.resolve(),
  };
}
