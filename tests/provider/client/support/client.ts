import {
  type AnyVultrInferenceError,
  closeConnections,
  createClient,
  type Client,
  type ClientOptions,
  VultrInferenceError,
} from "../../../../provider/client/index.js";
import { TestClock } from "./clock.js";
import { type Behaviour, WireServer } from "./wire.js";

/** A key that is easy to find where it must not be. */
export const canary = "canary-key-0f3a9c";

const running: WireServer[] = [];

afterEach(async () => {
  await Promise.all(running.splice(0).map((server) => server.stop()));
  await closeConnections();
});

/** A client against a server with the given behaviours. Pauses are over at once; timeouts wait for the clock. */
export async function clientAgainst(
  behaviours: Behaviour[],
  options: Partial<ClientOptions> = {},
): Promise<{ client: Client; server: WireServer; clock: TestClock }> {
  const server = await WireServer.start(...behaviours);
  running.push(server);
  const clock = new TestClock(10_000);
  const client = createClient({ apiKey: canary, baseUrl: server.baseUrl, clock, random: () => 0, ...options });
  return { client, server, clock };
}

/** The error of what must fail. */
export async function errorOf(failing: Promise<unknown>): Promise<AnyVultrInferenceError> {
  const error: unknown = await failing.then(
    () => new Error("it did not fail"),
    (reason: unknown) => reason,
  );
  if (!VultrInferenceError.isInstance(error)) throw error;
  return error;
}
