import { unsupported } from "../errors.js";
import { BARE, type Goal } from "../monitor/goal.js";
import { STACK_REFERENCE } from "../plugins/builtin.js";
import { DYNAMIC, PROVIDERS, referenceTo } from "../plugins/registry.js";
import type { ResourceState } from "../state/resource.js";
import type { Properties } from "../values/properties.js";
import { isProviderType, packageOf, providerType } from "../values/urn.js";

/** The providers of resources for which the program names none: one a package, made when it is first needed. */
export class DefaultProviders {
  readonly #references = new Map<string, Promise<string>>();

  constructor(
    /** Config values for dynamic providers, secrets marked. */
    private readonly config: Properties,
    private readonly register: (goal: Goal) => Promise<ResourceState>,
  ) {}

  /**
   * The reference of the provider that a resource goes to; undefined for what has none.
   *
   * @throws UserError for a provider that this engine does not run.
   */
  async referenceFor({ custom, type, provider }: Goal): Promise<string | undefined> {
    const isProvider = isProviderType(type);
    if (isProvider && !PROVIDERS.includes(type)) throw unsupported(`The provider ${type}`);
    if (!custom || isProvider || provider !== undefined) return provider;
    const pkg = packageOf(type);
    if (pkg !== DYNAMIC && type !== STACK_REFERENCE) throw unsupported(`The provider of ${type}`);
    const known = this.#references.get(pkg) ?? this.#make(pkg);
    this.#references.set(pkg, known);
    return known;
  }

  async #make(pkg: string): Promise<string> {
    const inputs = pkg === DYNAMIC ? this.config : {};
    return referenceTo(await this.register({ ...BARE, type: providerType(pkg), name: "default", custom: true, inputs }));
  }
}
