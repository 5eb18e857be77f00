import type { ClientWritableStream } from "@grpc/grpc-js";
import { EventsClient } from "@pulumi/pulumi/proto/events_grpc_pb.js";
import { EventRequest } from "@pulumi/pulumi/proto/events_pb.js";
import { closeSync, openSync, writeSync } from "node:fs";
import { CHANNEL_OPTIONS, grpc } from "../protocol/pulumi.js";
import type { EngineEvent } from "./events.js";

/** Where the events of a run go besides the screen. */
export interface EventLog {
  write(event: EngineEvent): void;
  /** Resolves when everything written has arrived. */
  close(): Promise<void>;
}

export const NO_EVENT_LOG: EventLog = { write: () => undefined, close: () => Promise.resolve() };

/**
 * Opens the log that `--event-log` names.
 *
 * @param target - `tcp://host:port` of an Events service, or a file that gets a JSON line for each event.
 */
export function openEventLog(target: string): EventLog {
  const write = target.startsWith("tcp://") ? stream(target.slice("tcp://".length)) : file(target);
  let sequence = 0;
  return {
    write(event) {
      const timestamp = Math.floor(Date.now() / 1000);
      write.line(JSON.stringify({ sequence: sequence++, timestamp, ...event }));
    },
    close: write.close,
  };
}

interface Lines {
  readonly line: (text: string) => void;
  readonly close: () => Promise<void>;
}

function file(path: string): Lines {
  const descriptor = openSync(path, "a");
  return {
    line: (text) => void writeSync(descriptor, `${text}\n`),
    close() {
      closeSync(descriptor);
      return Promise.resolve();
    },
  };
}

function stream(address: string): Lines {
  const client = new EventsClient(address, grpc.credentials.createInsecure(), CHANNEL_OPTIONS);
  let acknowledge: () => void = () => undefined;
  const acknowledged = new Promise<void>((done) => (acknowledge = done));
  // The caller may have gone away; that is no failure of the run.
  const calls: ClientWritableStream<EventRequest> = client.streamEvents(() => acknowledge());
  calls.on("error", () => acknowledge());
  return {
    line: (text) => void calls.write(new EventRequest().setEvent(text)),
    async close() {
      calls.end();
      await acknowledged;
      client.close();
    },
  };
}
