import type { ApiPromise } from "./api-promise.js";
import { tell } from "./answer.js";
import type { CallOptions, Http } from "./http/index.js";

/** The API's state: what is not healthy is an error. */
export interface HealthReport {
  readonly healthy: true;
}

/** `client.health` */
export interface Health {
  /** Asks, without the key, whether the API is up. @throws ServerError, ConnectionError … when it is not */
  get(options?: CallOptions): ApiPromise<HealthReport>;
}

export function health(http: Http): Health {
  return {
    get: (options) =>
      tell(
        http,
        options,
        {
          operation: "getHealth",
          task: "get the API's health",
          path: "/health",
          method: "GET",
          effect: "safe",
          anonymous: true,
        },
        { healthy: true },
      ),
  };
}
