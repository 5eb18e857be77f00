import { createServer, request, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** A request on its way to the API. */
export interface Passing {
  readonly method: string;
  /** Below the version, as in `/vector_store/kb/items`. */
  readonly path: string;
  /** The JSON that was sent. */
  readonly body: unknown;
}

/** What becomes of a request or its answer. */
export interface Oddness {
  /** Another body in the place of the one that was sent: what the API keeps instead. */
  readonly sent?: (passing: Passing) => unknown;
  /** Another body in the place of the one that was answered. */
  readonly answered?: (passing: Passing, answer: unknown) => unknown;
  /** Breaks the connection, and passes the request on after so many milliseconds; nothing for any other request. */
  readonly late?: (passing: Passing) => number | undefined;
}

/** Stands before an API and makes it odd. */
export class OddApi {
  oddness: Oddness = {};
  /** Requests that are passed on late. */
  readonly #late: Promise<unknown>[] = [];

  private constructor(
    private readonly target: URL,
    private readonly server: Server,
  ) {}

  /** @param target the address of the API, with its version path. */
  static async before(target: string): Promise<OddApi> {
    const server = createServer();
    const api = new OddApi(new URL(target), server);
    server.on("request", (incoming, response) => void api.#handle(incoming, response).catch(() => response.destroy()));
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    return api;
  }

  /** Its own address, with the version path. */
  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}${this.target.pathname}`;
  }

  /** Resolves once everything that was held back has been carried out. */
  async caughtUp(): Promise<void> {
    await Promise.all(this.#late);
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  async #handle(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const bytes = await bytesOf(incoming);
    const passing = {
      method: incoming.method ?? "GET",
      path: (incoming.url ?? "").replace(this.target.pathname, ""),
      body: jsonOf(bytes),
    };
    const late = this.oddness.late?.(passing);
    if (late !== undefined) {
      response.destroy();
      this.#late.push(new Promise((resolve) => setTimeout(resolve, late)).then(() => this.#pass(incoming, bytes)));
      return;
    }
    const sent = this.oddness.sent?.(passing);
    const { status, headers, body } = await this.#pass(
      incoming,
      sent === undefined ? bytes : Buffer.from(JSON.stringify(sent)),
    );
    const answered = status < 300 ? this.oddness.answered?.(passing, jsonOf(body)) : undefined;
    const changed = answered === undefined ? body : Buffer.from(JSON.stringify(answered));
    response.writeHead(status, { ...headers, "content-length": String(changed.length) }).end(changed);
  }

  #pass(
    incoming: IncomingMessage,
    bytes: Buffer,
  ): Promise<{ status: number; headers: Record<string, string>; body: Buffer }> {
    const { host, port } = this.target;
    return new Promise((resolve, reject) => {
      const headers = { ...incoming.headers, host, "content-length": String(bytes.length) };
      delete (headers as Record<string, unknown>)["transfer-encoding"];
      const outgoing = request(
        { host: "127.0.0.1", port, method: incoming.method, path: incoming.url, headers },
        (answer) => {
          bytesOf(answer).then(
            (body) =>
              resolve({
                status: answer.statusCode ?? 500,
                headers: { "content-type": answer.headers["content-type"] ?? "application/json" },
                body,
              }),
            reject,
          );
        },
      );
      outgoing.on("error", reject);
      outgoing.end(bytes);
    });
  }
}

async function bytesOf(stream: AsyncIterable<unknown>): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

function jsonOf(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString("utf8")) as unknown;
  } catch {
    return undefined;
  }
}
