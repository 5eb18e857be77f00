import type { UntypedServiceImplementation } from "@grpc/grpc-js";
import { CallResponse, InvokeResponse, type ConstructResponse } from "@pulumi/pulumi/proto/provider_pb.js";
import * as messages from "@pulumi/pulumi/proto/resource_pb.js";
import {
  aliasesOf,
  aliasUrns,
  answered,
  Empty,
  fromStruct,
  isSecret,
  rebuildAll,
  toStruct,
  urnOf,
  type Properties,
} from "../../../local/engine/programs.js";
import { PACKAGE } from "../../../plugin/resources.js";
import { received } from "../../../plugin/values.js";

/** A resource that a program declares. */
export interface Declared {
  readonly urn: string;
  readonly type: string;
  /** Secrets as what they hold. What is not known before a deployment is the engine's text for it. */
  readonly inputs: Properties;
  /** The inputs that are secret, or have something secret in them. */
  readonly secret: ReadonlySet<string>;
  /** Other URNs under which the program says that it may have stood. */
  readonly formerly: readonly string[];
  /** What the option `ignoreChanges` names: inputs that stay as they are deployed. */
  readonly ignored: readonly string[];
  /** The resources that an input is made of, by the input's name. */
  readonly madeOf: Readonly<Record<string, readonly string[]>>;
}

/**
 * A resource monitor that takes down what a program declares, and does nothing: as in the preview of an empty stack,
 * ids and outputs are not known. No provider is started or asked, whatever packages the program uses.
 */
export class Recorder {
  readonly #declared = new Map<string, Declared>();
  readonly #renamed = new Map<string, string>();
  readonly #lookups = new Set<string>();

  /** @param component - makes the parts of a component that a plugin is to make. */
  constructor(
    private readonly stack: { readonly project: string; readonly stack: string },
    private readonly component: (request: messages.RegisterResourceRequest) => Promise<ConstructResponse>,
  ) {}

  /** The resources, in the order of their URNs. */
  get declared(): readonly Declared[] {
    return [...this.#declared.values()].sort((a, b) => (a.urn < b.urn ? -1 : Number(a.urn > b.urn)));
  }

  /** What the program wanted to look up and was answered with nothing. */
  get lookups(): readonly string[] {
    return [...this.#lookups].sort();
  }

  service(): UntypedServiceImplementation {
    const accepted = answered(() => new Empty());
    return {
      // Output values and references would come back as they went; plain values say all that is asked for.
      supportsFeature: answered((request: messages.SupportsFeatureRequest) =>
        new messages.SupportsFeatureResponse().setHassupport(
          !["outputValues", "resourceReferences"].includes(request.getId()),
        ),
      ),
      registerResource: answered((request: messages.RegisterResourceRequest) => this.#register(request)),
      readResource: answered((request: messages.ReadResourceRequest) =>
        new messages.ReadResourceResponse()
          .setUrn(
            urnOf({ ...this.stack, type: request.getType(), name: request.getName(), parent: request.getParent() }),
          )
          .setProperties(request.getProperties()),
      ),
      invoke: answered((request: messages.ResourceInvokeRequest) => {
        this.#lookups.add(request.getTok());
        return new InvokeResponse().setReturn(toStruct({}));
      }),
      call: answered((request: messages.ResourceCallRequest) => {
        this.#lookups.add(request.getTok());
        return new CallResponse().setReturn(toStruct({}));
      }),
      registerPackage: answered(() => new messages.RegisterPackageResponse().setRef("recorded")),
      registerResourceOutputs: accepted,
      registerStackTransform: accepted,
      registerStackInvokeTransform: accepted,
      registerResourceHook: accepted,
      registerErrorHook: accepted,
      signalAndWaitForShutdown: accepted,
    };
  }

  async #register(request: messages.RegisterResourceRequest): Promise<messages.RegisterResourceResponse> {
    const type = request.getType();
    if (request.getRemote()) {
      if (!type.startsWith(`${PACKAGE}:`)) this.#lookups.add(type);
      else {
        const made = await this.component(request);
        return new messages.RegisterResourceResponse().setUrn(made.getUrn()).setObject(made.getState());
      }
    }
    const parent = request.getParent() === "" ? undefined : request.getParent();
    const identity = { ...this.stack, type, name: request.getName(), parent };
    const urn = urnOf(identity);
    const formerly = aliasUrns(aliasesOf(request), identity, this.#renamed);
    if (formerly[0] !== undefined) this.#renamed.set(urn, formerly[0]);
    const madeOf = request.getPropertydependenciesMap();
    this.#declared.set(urn, {
      urn,
      type,
      inputs: rebuildAll(fromStruct(request.getObject()), (value) =>
        isSecret(value) ? (value["value"] ?? null) : value,
      ),
      secret: received(request.getObject()).secret,
      formerly,
      ignored: request.getIgnorechangesList(),
      madeOf: Object.fromEntries([...madeOf.keys()].map((name) => [name, madeOf.get(name)?.getUrnsList() ?? []])),
    });
    const reply = new messages.RegisterResourceResponse().setUrn(urn);
    return request.getCustom() ? reply.setObject(request.getObject()) : reply;
  }
}
