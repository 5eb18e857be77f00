import { createServer, type AddressInfo, type Server, type Socket } from "node:net";
import { STATUS_CODES } from "node:http";

/** A request as it came over the wire. */
export interface Received {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** Which connection it came over; counts from 1. */
  readonly connection: number;
}

/** What the server does with a request. */
export type Behaviour = (socket: Socket, request: Received) => void;

/** A server on a raw socket, so that it can do what no HTTP server would. */
export class WireServer {
  readonly requests: Received[] = [];
  connections = 0;
  readonly #sockets = new Set<Socket>();
  readonly #watchers = new Set<() => void>();

  private constructor(
    private readonly server: Server,
    private readonly behaviours: readonly Behaviour[],
  ) {
    server.on("connection", (socket) => this.#serve(socket));
  }

  /** Each request gets the next behaviour, and all further ones the last. */
  static async start(...behaviours: Behaviour[]): Promise<WireServer> {
    const server = createServer();
    const started = new WireServer(server, behaviours);
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    return started;
  }

  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  get baseUrl(): string {
    return `http://127.0.0.1:${this.port}/v1`;
  }

  /** Open connections. */
  get open(): number {
    return this.#sockets.size;
  }

  /** Resolves once `condition` holds; looked at whenever something happens here. */
  async until(condition: () => boolean): Promise<void> {
    if (condition()) return;
    await new Promise<void>((resolve) => {
      const look = () => {
        if (!condition()) return;
        this.#watchers.delete(look);
        resolve();
      };
      this.#watchers.add(look);
    });
  }

  received(count: number): Promise<void> {
    return this.until(() => this.requests.length >= count);
  }

  async stop(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    if (!this.server.listening) return;
    await new Promise((resolve) => this.server.close(resolve));
  }

  #serve(socket: Socket): void {
    const connection = ++this.connections;
    this.#sockets.add(socket);
    let bytes: Buffer = Buffer.alloc(0);
    socket.on("error", () => undefined);
    socket.on("close", () => {
      this.#sockets.delete(socket);
      this.#notify();
    });
    socket.on("data", (chunk) => {
      bytes = Buffer.concat([bytes, chunk]);
      for (let taken = take(bytes, connection); taken !== undefined; taken = take(bytes, connection)) {
        bytes = taken.rest;
        const behaviour = this.behaviours[this.requests.length] ?? this.behaviours.at(-1);
        this.requests.push(taken.request);
        behaviour?.(socket, taken.request);
        this.#notify();
      }
    });
  }

  #notify(): void {
    for (const look of [...this.#watchers]) look();
  }
}

function take(bytes: Buffer, connection: number): { request: Received; rest: Buffer } | undefined {
  const end = bytes.indexOf("\r\n\r\n");
  if (end < 0) return undefined;
  const [first = "", ...lines] = bytes.subarray(0, end).toString("latin1").split("\r\n");
  const [method = "", path = ""] = first.split(" ");
  const headers = Object.fromEntries(
    lines.map((line) => [line.slice(0, line.indexOf(":")).toLowerCase(), line.slice(line.indexOf(":") + 1).trim()]),
  );
  const after = bytes.subarray(end + 4);
  if (headers["transfer-encoding"] === "chunked") {
    const last = after.indexOf("0\r\n\r\n");
    if (last < 0) return undefined;
    return {
      request: { method, path, headers, connection, body: unchunk(after.subarray(0, last).toString("latin1")) },
      rest: after.subarray(last + 5),
    };
  }
  const length = Number(headers["content-length"] ?? 0);
  if (after.length < length) return undefined;
  return {
    request: { method, path, headers, connection, body: after.subarray(0, length).toString("latin1") },
    rest: after.subarray(length),
  };
}

function unchunk(text: string): string {
  let body = "";
  for (let rest = text; rest !== ""; ) {
    const line = rest.indexOf("\r\n");
    const size = parseInt(rest, 16);
    body += rest.slice(line + 2, line + 2 + size);
    rest = rest.slice(line + 2 + size + 2);
  }
  return body;
}

function head(status: number, headers: Record<string, string | number>): string {
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  return `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ""}\r\n${lines.join("")}\r\n`;
}

/** A proper answer. Objects become JSON. */
export function answer(status: number, body: unknown = "", headers: Record<string, string> = {}): Behaviour {
  const text = typeof body === "string" ? body : JSON.stringify(body);
  const type = typeof body === "string" ? "text/plain" : "application/json";
  return (socket) =>
    socket.write(head(status, { "content-type": type, "content-length": Buffer.byteLength(text), ...headers }) + text);
}

/** The beginning of an answer whose body comes later, in whatever chunks. */
export function begin(
  status: number,
  headers: Record<string, string | number>,
  ...chunks: (string | Buffer)[]
): Behaviour {
  return (socket) => {
    socket.write(head(status, headers));
    for (const chunk of chunks) socket.write(chunk);
  };
}

/** Closes the connection without a word. */
export const hangUp: Behaviour = (socket) => socket.end();

/** Breaks the connection. */
export const reset: Behaviour = (socket) => socket.resetAndDestroy();

/** Never answers. */
export const silent: Behaviour = () => undefined;
