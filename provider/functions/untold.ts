import type { ErrorCode } from "../client/index.js";
import { VultrInferenceError } from "../client/http/errors.js";

/** What is told of a failure where neither the arguments nor what the API says may be. */
const REASONS: Readonly<Record<ErrorCode, string>> = {
  usage: "an argument has a form that cannot be sent; ids are taken as the API answers them",
  authentication: "the API does not accept the key: check that it is the key of the inference subscription",
  not_found: "what it asks for does not exist, or not under this key and baseUrl",
  duplicate_name:
    "a collection is named so already, or its name begins with the same 14 letters and digits: choose another name",
  validation: "the API refuses what it is given",
  content_too_long: "a text is too long: shorten it to at most about 512 tokens",
  rate_limit: "the API gets too many requests: lower concurrency, or try again later",
  server: "the fault is on the API's side: try again later",
  base_url: "what answers is not the API: check baseUrl",
  connection: "there is no connection, or it broke: check baseUrl and the network",
  timeout: "no whole answer came in time: try again, or raise timeoutSeconds",
  aborted: "it was aborted",
  response_shape: "the answer is not as expected: check that baseUrl is the API's and this package is up to date",
  stream_interrupted: "the answer stopped before its end: try again",
};

/**
 * A failure of a function with a secret argument: its status and kind alone, since all other words could repeat the
 * secret.
 */
export function untold(name: string, error: unknown): unknown {
  if (!VultrInferenceError.isInstance(error)) return error;
  const { status, code } = error;
  return new Error(
    `${name}: ${REASONS[code]}${status === undefined ? "" : ` (status ${status})`}. More is not told, since an ` +
      "argument is secret.",
  );
}
