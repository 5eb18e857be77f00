import { unsupported } from "../errors.js";
import { BARE, type Goal } from "../monitor/goal.js";
import { STACK_REFERENCE } from "../plugins/builtin.js";
import { DYNAMIC, providersOf, referenceTo } from "../plugins/registry.js";
import type { ResourceState } from "../state/resource.js";
import type { Properties } from "../values/properties.js";
import { isProviderType, packageOf, providerType } from "../values/urn.js";

/** The providers of resources for which the program names none: one a package, made when it is first needed. */
export class DefaultProviders {
  readonly #references = new Map<string, Promise<string>>();

  constructor(
    /** Config values of the stack, secrets marked. */
    private readonly config: Properties,
    /** The folders of the project's plugins, by package. */
    readonly plugins: Readonly<Record<string, string>>,
    private readonly register: (goal: Goal) => Promise<ResourceState>,
  ) {}

  /**
   * The reference of the provider that a resource goes to; undefined for what has none.
   *
   * @throws UserError for a provider that this engine does not run.
   */
  async referenceFor({ custom, type, provider }: Goal): Promise<string | undefined> {
    const isProvider = isProviderType(type);
    if (isProvider && !providersOf(this).includes(type)) throw unsupported(`The provider ${type}`);
    if (!custom || isProvider || provider !== undefined) return provider;
    const pkg = packageOf(type);
    if (pkg !== DYNAMIC && type !== STACK_REFERENCE && !Object.hasOwn(this.plugins, pkg))
      throw unsupported(`The provider of ${type}`);
    const known = this.#references.get(pkg) ?? this.#make(pkg);
    this.#references.set(pkg, known);
    return known;
  }

  /** What the stack's configuration says in a package's own namespace. */
  #settingsOf(pkg: string): Properties {
    const own = Object.entries(this.config).filter(([key]) => key.startsWith(`${pkg}:`));
    return Object.fromEntries(own.map(([key, value]) => [key.slice(pkg.length + 1), value]));
  }

  async #make(pkg: string): Promise<string> {
    const inputs = pkg === DYNAMIC ? this.config : this.#settingsOf(pkg);
    return referenceTo(
      await this.register({ ...BARE, type: providerType(pkg), name: "default", custom: true, inputs }),
    );
  }
}
