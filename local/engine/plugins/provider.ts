import type { ClientUnaryCall, ServiceError } from "@grpc/grpc-js";
import { ResourceProviderClient } from "@pulumi/pulumi/proto/provider_grpc_pb.js";
import * as messages from "@pulumi/pulumi/proto/provider_pb.js";
import { called, CHANNEL_OPTIONS, Empty, fromStruct, grpc, toStruct } from "../protocol/pulumi.js";
import { containsUnknown, forProvider, markSecrets, type Properties, restoreAssets } from "../values/properties.js";
import { PartialFailure, partialFailure } from "./partial.js";

/** Which object a call is about. */
export interface Subject {
  readonly urn: string;
  readonly name: string;
  readonly type: string;
}

/** What `check` makes of a program's inputs. */
export interface Checked {
  readonly inputs: Properties;
  readonly failures: readonly { readonly property: string; readonly reason: string }[];
}

export interface Difference {
  /** Undefined when the provider does not say. */
  readonly changes: boolean | undefined;
  readonly replaces: readonly string[];
  readonly deleteBeforeReplace: boolean;
}

export interface Made {
  readonly id: string;
  readonly outputs: Properties;
}

/** What a read found; an empty id means that the object is gone. */
export interface Found {
  readonly id: string;
  readonly outputs: Properties;
  readonly inputs: Properties | undefined;
}

const whole = { assetContents: true };
const hashes = { assetContents: false };

/** What the engine asks of a provider. */
export interface ProviderCalls {
  /** False when the provider's own configuration is not known yet, which only happens in previews. */
  readonly known: boolean;
  check(subject: Subject, olds: Properties, news: Properties): Promise<Checked>;
  diff(subject: Subject, id: string, old: Old, news: Properties): Promise<Difference>;
  /** @throws PartialFailure when the object was made and is not whole. */
  create(subject: Subject, inputs: Properties, timeout?: number): Promise<Made>;
  read(subject: Subject, id: string, old: Old, timeout?: number): Promise<Found>;
  /** @throws PartialFailure when the object was changed and is not whole. */
  update(subject: Subject, id: string, old: Old, news: Properties, timeout?: number): Promise<Properties>;
  delete(subject: Subject, id: string, old: Old, timeout?: number): Promise<void>;
  /** Asks for running calls to be given up. */
  cancel(): void;
  close(): void;
}

/**
 * A configured provider in a process of its own. Where it takes no secrets, they go to it in plain, and are marked
 * again where the inputs had them.
 */
export class Provider implements ProviderCalls {
  readonly #client: ResourceProviderClient;
  readonly known: boolean;
  #takesSecrets = false;

  private constructor(
    address: string,
    private readonly config: Properties,
  ) {
    this.known = !containsUnknown(config);
    this.#client = new ResourceProviderClient(address, grpc.credentials.createInsecure(), CHANNEL_OPTIONS);
  }

  static async connect(address: string, subject: Subject & { id: string }, config: Properties): Promise<Provider> {
    const provider = new Provider(address, config);
    if (provider.known) await provider.#configure(subject);
    return provider;
  }

  async #configure({ urn, name, type, id }: Subject & { id: string }): Promise<void> {
    const request = new messages.ConfigureRequest()
      .setArgs(toStruct(this.config))
      .setAcceptsecrets(true)
      .setAcceptresources(true)
      .setSendsOldInputs(true)
      .setSendsOldInputsToDelete(true)
      .setId(id)
      .setUrn(urn)
      .setName(name)
      .setType(type);
    const reply = await this.#call<messages.ConfigureResponse>((done) => this.#client.configure(request, done));
    this.#takesSecrets = reply.getAcceptsecrets();
  }

  /** Properties in the form that this provider takes. */
  #sent(properties: Properties, options: { assetContents: boolean }): ReturnType<typeof toStruct> {
    return toStruct(forProvider(properties, { ...options, secrets: this.#takesSecrets }));
  }

  /** What the provider answers; where it takes no secrets, those of the same name are marked again. */
  #marked(outputs: Properties, inputs: Properties): Properties {
    return this.#takesSecrets ? outputs : markSecrets(outputs, inputs);
  }

  #failed(error: unknown, inputs: Properties): unknown {
    if (!(error instanceof PartialFailure)) return error;
    return new PartialFailure(error.id, this.#marked(error.outputs, inputs), error.reasons, error.message);
  }

  async check({ urn, name, type }: Subject, olds: Properties, news: Properties): Promise<Checked> {
    if (!this.known) return { inputs: news, failures: [] };
    const request = new messages.CheckRequest().setUrn(urn).setName(name).setType(type);
    request.setOlds(this.#sent(olds, whole)).setNews(this.#sent(news, whole));
    const reply = await this.#call<messages.CheckResponse>((done) => this.#client.check(request, done));
    return {
      inputs: this.#marked(fromStruct(reply.getInputs()), news),
      failures: reply.getFailuresList().map((failure) => ({
        property: failure.getProperty(),
        reason: failure.getReason(),
      })),
    };
  }

  async diff({ urn, name, type }: Subject, id: string, old: Old, news: Properties): Promise<Difference> {
    const request = new messages.DiffRequest().setUrn(urn).setName(name).setType(type).setId(id);
    request.setOlds(this.#sent(old.outputs, hashes)).setOldInputs(this.#sent(old.inputs, hashes));
    request.setNews(this.#sent(news, hashes));
    const reply = await this.#call<messages.DiffResponse>((done) => this.#client.diff(request, done));
    const { DIFF_NONE, DIFF_SOME } = messages.DiffResponse.DiffChanges;
    const changes = reply.getChanges();
    return {
      changes: changes === DIFF_SOME || (changes === DIFF_NONE ? false : undefined),
      replaces: reply.getReplacesList(),
      deleteBeforeReplace: reply.getDeletebeforereplace(),
    };
  }

  async create({ urn, name, type }: Subject, inputs: Properties, timeout = 0): Promise<Made> {
    const request = new messages.CreateRequest().setUrn(urn).setName(name).setType(type).setTimeout(timeout);
    request.setProperties(this.#sent(inputs, whole));
    try {
      const reply = await this.#call<messages.CreateResponse>((done) => this.#client.create(request, done));
      if (reply.getId() === "") throw new Error("provider did not return an ID from Create");
      return { id: reply.getId(), outputs: this.#marked(fromStruct(reply.getProperties()), inputs) };
    } catch (error) {
      throw this.#failed(error, inputs);
    }
  }

  async read({ urn, name, type }: Subject, id: string, old: Old, timeout = 0): Promise<Found> {
    const request = new messages.ReadRequest().setUrn(urn).setName(name).setType(type).setId(id);
    // The oldest SDK that is supported knows no time limit of a read.
    if ("setTimeout" in request) request.setTimeout(timeout);
    request.setProperties(this.#sent(old.outputs, hashes));
    request.setInputs(this.#sent(old.inputs, hashes));
    const reply = await this.#call<messages.ReadResponse>((done) => this.#client.read(request, done));
    const outputs = this.#marked(fromStruct(reply.getProperties()), old.outputs);
    const inputs = reply.hasInputs() ? this.#marked(fromStruct(reply.getInputs()), old.inputs) : undefined;
    return {
      id: reply.getId(),
      outputs: restoreAssets(outputs, old.inputs),
      inputs: inputs && restoreAssets(inputs, old.inputs),
    };
  }

  async update(subject: Subject, id: string, old: Old, news: Properties, timeout = 0): Promise<Properties> {
    const { urn, name, type } = subject;
    const request = new messages.UpdateRequest().setUrn(urn).setName(name).setType(type).setId(id).setTimeout(timeout);
    request.setOlds(this.#sent(old.outputs, hashes)).setOldInputs(this.#sent(old.inputs, hashes));
    request.setNews(this.#sent(news, whole));
    try {
      const reply = await this.#call<messages.UpdateResponse>((done) => this.#client.update(request, done));
      return this.#marked(fromStruct(reply.getProperties()), news);
    } catch (error) {
      throw this.#failed(error, news);
    }
  }

  async delete({ urn, name, type }: Subject, id: string, old: Old, timeout = 0): Promise<void> {
    const request = new messages.DeleteRequest().setUrn(urn).setName(name).setType(type).setId(id).setTimeout(timeout);
    request.setProperties(this.#sent(old.outputs, hashes));
    request.setOldInputs(this.#sent(old.inputs, hashes));
    await this.#call((done) => this.#client.delete(request, done));
  }

  cancel(): void {
    this.#client.cancel(new Empty(), () => undefined);
  }

  close(): void {
    this.#client.close();
  }

  async #call<Reply>(
    send: (done: (error: ServiceError | null, reply: Reply) => void) => ClientUnaryCall,
  ): Promise<Reply> {
    try {
      return await called<undefined, Reply>((_, done) => send(done), undefined);
    } catch (error) {
      throw partialFailure(error as ServiceError) ?? new Error(sentence(error as ServiceError));
    }
  }
}

/** The properties a resource had, on both sides. */
export interface Old {
  readonly inputs: Properties;
  readonly outputs: Properties;
}

/** What a provider's error says; a lost connection is a provider that died. */
function sentence(error: ServiceError): string {
  if (error.code !== grpc.status.UNAVAILABLE) return error.details || error.message;
  return `the provider process ended before it answered (${error.details})`;
}
