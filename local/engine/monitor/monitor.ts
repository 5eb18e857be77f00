import type { UntypedServiceImplementation } from "@grpc/grpc-js";
import { ResourceMonitorService } from "@pulumi/pulumi/proto/resource_grpc_pb.js";
import * as messages from "@pulumi/pulumi/proto/resource_pb.js";
import { InvokeResponse } from "@pulumi/pulumi/proto/provider_pb.js";
import { unsupported } from "../errors.js";
import { answered, Empty, fromStruct, grpc, toStruct } from "../protocol/pulumi.js";
import type { ResourceState } from "../state/resource.js";
import { received } from "../values/incoming.js";
import type { Properties } from "../values/properties.js";
import { type Folders, type Goal, goalOf, readGoalOf } from "./goal.js";

/** What a program may ask of the run it is part of. */
export interface Registrar {
  /** Makes a resource so, or reads one, and answers with its state. */
  register(goal: Goal): Promise<ResourceState>;
  /** Takes the outputs of a component or of the stack. */
  registerOutputs(urn: string, outputs: Properties): Promise<void>;
  /** The state of a resource that this run registered. */
  registered(urn: string): ResourceState | undefined;
  /** Shows what the program asked for in vain, and calls the run off. @returns what the program is told. */
  refuse(error: unknown): Error;
}

const FEATURES = new Set([
  "secrets",
  "errorHooks",
  "resourceHooks",
  "transforms",
  "aliasSpecs",
  "replaceWith",
  "deletedWith",
  "invokeTransforms",
  "resourceReferences",
  "outputValues",
  "parameterization",
]);

/** The resource monitor: the service through which a program declares its resources. */
export function monitorService(registrar: () => Registrar, folders: Folders): UntypedServiceImplementation {
  const guarded = <Request, Reply>(answer: (request: Request) => Promise<Reply>) =>
    answered<Request, Reply>(async (request) => {
      try {
        return await answer(request);
      } catch (error) {
        throw registrar().refuse(error);
      }
    });
  const refusing = (what: string) => guarded(() => Promise.reject(unsupported(what)));
  return {
    supportsFeature: answered((request: messages.SupportsFeatureRequest) =>
      new messages.SupportsFeatureResponse().setHassupport(FEATURES.has(request.getId())),
    ),
    registerResource: guarded(async (request: messages.RegisterResourceRequest) =>
      registration(await registrar().register(goalOf(request, folders)), request.getCustom()),
    ),
    readResource: guarded(async (request: messages.ReadResourceRequest) => {
      const { urn, outputs } = await registrar().register(readGoalOf(request, folders));
      return new messages.ReadResourceResponse().setUrn(urn).setProperties(toStruct(outputs));
    }),
    registerResourceOutputs: guarded(async (request: messages.RegisterResourceOutputsRequest) => {
      const outputs = received(fromStruct(request.getOutputs()), folders.workDir);
      await registrar().registerOutputs(request.getUrn(), outputs);
      return new Empty();
    }),
    invoke: guarded((request: messages.ResourceInvokeRequest) => Promise.resolve(invoked(registrar(), request))),
    // A program that has registered everything ends by itself; nothing of the run needs it any longer.
    signalAndWaitForShutdown: answered(() => new Empty()),
    // An SDK that asks for it does without where the engine is older than the question.
    getDeploymentInfo: answered(() => {
      throw Object.assign(new Error("unknown method GetDeploymentInfo"), { code: grpc.status.UNIMPLEMENTED });
    }),
    call: refusing("A call of a component's method"),
    registerPackage: refusing("A parameterized package"),
    registerStackTransform: refusing("A transform of resources"),
    registerStackInvokeTransform: refusing("A transform of invokes"),
    registerResourceHook: refusing("A resource hook"),
    registerErrorHook: refusing("An error hook"),
  };
}

export { ResourceMonitorService };

function registration({ urn, id, outputs }: ResourceState, custom: boolean): messages.RegisterResourceResponse {
  // A component's outputs are those of the run before until it registers them again.
  const object = toStruct(custom ? outputs : {});
  return new messages.RegisterResourceResponse().setUrn(urn).setId(knownId(id)).setObject(object);
}

/** A program learns of an unknown id by its absence. */
const knownId = (id: string | undefined): string => id ?? "";

function invoked(registrar: Registrar, request: messages.ResourceInvokeRequest): InvokeResponse {
  if (request.getTok() !== "pulumi:pulumi:getResource") throw unsupported(`The invoke "${request.getTok()}"`);
  const { urn } = fromStruct(request.getArgs());
  const state = typeof urn === "string" ? registrar.registered(urn) : undefined;
  if (state === undefined) throw unsupported("A look-up of a resource that this run did not register");
  return new InvokeResponse().setReturn(toStruct({ urn: state.urn, id: state.id ?? "", state: state.outputs }));
}
