import * as pulumi from "@pulumi/pulumi";
import type * as configuration from "../provider/api/configuration.js";
import { configKey, isNative, isOffline, OWNER_KEY, providerConfig } from "../provider/api/setting.js";
import { messageOf } from "../provider/text/error-message.js";
import { isLater, requireProperties } from "./resource.js";

/** An account, and how to reach it. What is not given comes from the environment, and else is the default. */
export interface ProviderArgs {
  /**
   * The key of the account's inference subscription. Required; secret in the state whether marked so or not, and taken
   * from nowhere else. A change is made in place and touches no resource.
   */
  apiKey: pulumi.Input<string>;
  /**
   * The address of the API, with its version path. Environment `VULTR_INFERENCE_BASE_URL`; default
   * `https://api.vultrinference.com/v1`. Collections that were made at another address refuse to work.
   */
  baseUrl?: pulumi.Input<string | undefined>;
  /** Requests under way at once, 1 to 1024. Environment `VULTR_INFERENCE_CONCURRENCY`; default 16. */
  concurrency?: pulumi.Input<number | undefined>;
  /** Requests started per second, 0.01 or more. Environment `VULTR_INFERENCE_REQUESTS_PER_SECOND`; default no limit. */
  requestsPerSecond?: pulumi.Input<number | undefined>;
  /** Seconds for one operation with its retries. Environment `VULTR_INFERENCE_TIMEOUT_SECONDS`; default 300. */
  timeoutSeconds?: pulumi.Input<number | undefined>;
  /** Seconds for one attempt of it. Environment `VULTR_INFERENCE_ATTEMPT_TIMEOUT_SECONDS`; default 120. */
  attemptTimeoutSeconds?: pulumi.Input<number | undefined>;
  /** Repeats of a request that may be repeated, 0 to 20. Environment `VULTR_INFERENCE_MAX_RETRIES`; default 4. */
  maxRetries?: pulumi.Input<number | undefined>;
  /**
   * The path of the request-log look-up below the address. Environment `VULTR_INFERENCE_LOGS_PATH`; default `/logs`.
   */
  logsPath?: pulumi.Input<string | undefined>;
}

const CONFIG = Symbol.for("pulumi-vultr-inference:provider-config");

/**
 * An account of its own beside the one that the stack's configuration names: for two accounts in one program. Resources
 * take it as the option `provider` or from their parent, functions as their option `provider`. It has a process, limits
 * and retries of its own, and does not read the stack's configuration.
 *
 * @example
 * ```ts
 * import * as pulumi from "@pulumi/pulumi";
 * import { Collection, Provider, searchOutput } from "pulumi-vultr-inference";
 *
 * const partner = new Provider("partner", { apiKey: new pulumi.Config().requireSecret("partnerKey") });
 * const faq = new Collection("faq", { name: "FAQ" }, { provider: partner });
 * export const found = searchOutput({ collectionId: faq.id, input: "Can I get a refund?" }, { provider: partner });
 * ```
 */
export class Provider extends pulumi.ProviderResource {
  /**
   * The type by which policies and tools match this resource; dynamic providers of other packages have the same one.
   */
  static readonly __pulumiType = "pulumi:providers:pulumi-nodejs";

  /**
   * Declares an account.
   *
   * @param name The resource's name within the stack; messages about the account's settings name it.
   * @throws RunError where a setting makes no sense; one that is an Output is looked at when it is first used.
   */
  constructor(name: string, args: ProviderArgs, options?: pulumi.ResourceOptions) {
    requireProperties({ type: "Provider", like: "{ apiKey }" }, name, args);
    check(name, args);
    const settings = Object.entries<pulumi.Input<string | number | undefined>>({
      ...args,
      apiKey: pulumi.secret(args.apiKey),
    });
    const inputs = settings.map(
      ([setting, value]) => [isNative() ? setting : configKey(setting), pulumi.output(value).apply(asText)] as const,
    );
    super(
      isNative() ? "vultr-inference" : "pulumi-nodejs",
      name,
      { ...(!isNative() && { [OWNER_KEY]: name }), ...Object.fromEntries(inputs) },
      options,
    );
    Object.defineProperty(this, CONFIG, {
      value: pulumi.output(args).apply((known) => providerConfig(name, known)),
      enumerable: false,
    });
  }

  /** Whether a value is a `Provider` of this package, also one of another copy of it. */
  static override isInstance(value: unknown): value is Provider {
    return pulumi.CustomResource.isInstance(value) && CONFIG in value;
  }
}

/** The configuration of a provider, in the form in which the engine hands it on. */
export function configOf(provider: Provider): pulumi.Output<Readonly<Record<string, string>>> {
  return (provider as unknown as { readonly [CONFIG]: pulumi.Output<Readonly<Record<string, string>>> })[CONFIG];
}

function check(name: string, args: ProviderArgs): void {
  const now = Object.entries(args).map(
    ([setting, value]) => [setting, isLater(value) ? undefined : (value as unknown)] as const,
  );
  // Programs without an explicit provider do not wait for it; an import() could not be awaited in a constructor.
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  const { checkProvider } = require("../provider/api/configuration.js") as typeof configuration;
  try {
    checkProvider(name, {
      ...Object.fromEntries(now),
      ...((isLater(args.apiKey) || isOffline()) && { apiKey: "known later" }),
    });
  } catch (error) {
    throw new pulumi.RunError(messageOf(error));
  }
}

/** The engine hands configuration on as texts. */
function asText(value: string | number | undefined): string | undefined {
  return value === undefined ? undefined : String(value);
}
