import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

const OPENERS: Partial<Record<NodeJS.Platform, readonly string[]>> = {
  darwin: ["open"],
  win32: ["cmd", "/c", "start", ""],
};

/** How long a browser may take to start, in milliseconds. */
const PATIENCE_MS = 60_000;

/**
 * Opens an address that has a key in it in a browser. The browser's arguments, which every user of the machine can
 * read, have another address, which leads to it once. Where there is no browser nothing happens.
 */
export async function openPage(page: string, open: (address: string) => void = start): Promise<void> {
  const path = `/${randomBytes(16).toString("base64url")}`;
  const server = createServer((request, response) => {
    if (request.url !== path) return void response.writeHead(404).end();
    // On a connection that stays open, a server that is closed still answers.
    response.writeHead(302, { location: page, "cache-control": "no-store", connection: "close" }).end();
    server.close();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  server.unref();
  setTimeout(() => server.close(), PATIENCE_MS).unref();
  open(`http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`);
}

function start(address: string): void {
  const [command = "", ...first] = OPENERS[process.platform] ?? ["xdg-open"];
  spawn(command, [...first, address], { stdio: "ignore", detached: true })
    .on("error", () => undefined)
    .unref();
}
