import type { IncomingMessage, ServerResponse } from "node:http";
import type { z } from "zod";
import { notFound } from "../errors.js";
import type { Fault } from "../faults/fault.js";
import type { Call, Upload } from "../operation.js";
import { parseJson, readJsonText } from "./body.js";
import { readUpload } from "./upload.js";

/** A call that came over HTTP. */
export class IncomingCall implements Call {
  fault: Fault | undefined;
  /** What was read of a JSON body, for the request log. */
  body = "";

  constructor(
    private readonly request: IncomingMessage,
    private readonly response: ServerResponse,
    readonly path: string,
    private readonly params: Readonly<Record<string, string>>,
  ) {}

  get signal(): AbortSignal {
    const gone = new AbortController();
    this.response.once("close", () => gone.abort());
    return gone.signal;
  }

  param(name: string): string {
    const value = this.params[name];
    if (value === undefined) throw notFound();
    return value;
  }

  query(name: string): string | undefined {
    const [, query = ""] = (this.request.url ?? "").split("?", 2);
    return new URLSearchParams(query).get(name) ?? undefined;
  }

  async json<T>(schema: z.ZodType<T>): Promise<T> {
    const body = await readJsonText(this.request);
    this.body = body.toString();
    return parseJson(body, schema);
  }

  upload(name: string): Promise<Upload> {
    return readUpload(this.request, name);
  }
}
