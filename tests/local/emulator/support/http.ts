import { startEmulator, type Emulator, type EmulatorOptions } from "../../../../local/emulator/index.js";

export interface ItemBody {
  id: string;
  created: string;
  description: string;
  content: string;
}

export interface FileBody {
  id: string;
  filename: string;
  status: string;
  items: number;
  tokens: number;
  error?: string;
}

export interface Choice {
  index: number;
  message: {
    role: string;
    content: string | null;
    tool_calls?: { id: string; type: string; function: { name: string; arguments: string } }[];
  };
  logprobs: { content: { token: string; logprob: number; bytes: number[]; top_logprobs: unknown[] }[] } | null;
  finish_reason: string;
}

/** All that the API answers anywhere; which of it an answer really has is for the test to check. */
export interface Body {
  message: string;
  error: { code: number; message: string; type: string };
  collection: { id: string; name: string };
  collections: { id: string; name: string }[];
  item: ItemBody;
  items: ItemBody[];
  results: ItemBody[];
  file: FileBody;
  files: FileBody[];
  usage: { prompt_tokens: number; completion_tokens: number; total_tokens: number };
  choices: Choice[];
  requests: {
    timestamp: string;
    method: string;
    endpoint: string;
    request_headers: string;
    request_body: string;
    response_body: string;
    response_code: number;
  }[];
  id: string;
  data: { id: string }[];
  voices: { voice: string }[];
}

/** An answer with its body parsed, where it is JSON. */
export interface Reply {
  status: number;
  headers: Headers;
  body: Body;
  text: string;
}

/** An emulator with a plain way to ask it: nothing of the project's own client. */
export interface Rig {
  emulator: Emulator;
  ask: (method: string, path: string, body?: unknown, headers?: Record<string, string>) => Promise<Reply>;
}

const running: Emulator[] = [];

/** Starts an emulator that the running test file ends. Light embeddings unless told otherwise. */
export async function rig(options: EmulatorOptions = {}): Promise<Rig> {
  const emulator = await startEmulator({ embeddings: "light", ...options });
  running.push(emulator);
  return { emulator, ask: asker(emulator) };
}

/** Ends what {@link rig} started. */
export async function closeAll(): Promise<void> {
  await Promise.all(running.splice(0).map((emulator) => emulator.close()));
}

/** Asks an emulator with its own key. */
export function asker(emulator: Pick<Emulator, "url" | "key">): Rig["ask"] {
  return async (method, path, body, headers = {}) => {
    const response = await fetch(emulator.url + path, {
      method,
      headers: {
        authorization: `Bearer ${emulator.key}`,
        ...(body === undefined ? {} : { "content-type": "application/json" }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: typeof body === "string" ? body : JSON.stringify(body) }),
    });
    const text = await response.text();
    const json = response.headers.get("content-type")?.startsWith("application/json") === true;
    return {
      status: response.status,
      headers: response.headers,
      text,
      body: (json ? JSON.parse(text) : undefined) as Body,
    };
  };
}

/** Uploads a file. */
export async function upload(
  { emulator }: Pick<Rig, "emulator">,
  collection: string,
  filename: string,
  content: string | Uint8Array<ArrayBuffer>,
): Promise<Reply> {
  const form = new FormData();
  form.append("file", new File([content], filename));
  const response = await fetch(`${emulator.url}/vector_store/${collection}/files`, {
    method: "POST",
    headers: { authorization: `Bearer ${emulator.key}` },
    body: form,
  });
  const text = await response.text();
  return { status: response.status, headers: response.headers, text, body: JSON.parse(text) as Body };
}

/** Asks for a file until its ingestion has ended. */
export async function ingested({ ask }: Rig, collection: string, id: string): Promise<FileBody> {
  for (;;) {
    const { file } = (await ask("GET", `/vector_store/${collection}/files/${id}`)).body;
    if (file.status === "completed" || file.status === "failed") return file;
    await new Promise((resolve) => setImmediate(resolve));
  }
}
