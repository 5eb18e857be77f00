import { tell } from "./answer.js";
import type { CallOptions, Http } from "./http/index.js";

/** The API's state: what is not healthy is an error. */
export interface HealthReport {
  readonly healthy: true;
}

/** `client.health` */
export interface Health {
  /** Asks, without the key, whether the API is up. @throws ServerError, ConnectionError … when it is not */
  get(options?: CallOptions): Promise<HealthReport>;
}

export function health(http: Http): Health {
  return {
    async get(options) {
      const request = { operation: "getHealth", task: "get the API's health", path: "/health" };
      await tell(http, { ...request, method: "GET", effect: "safe", anonymous: true }, options);
      return { healthy: true };
    },
  };
}
