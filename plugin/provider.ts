/** One configured provider: what the engine calls over one connection. */
import * as messages from "@pulumi/pulumi/proto/provider_pb.js";
import { PluginInfo } from "@pulumi/pulumi/proto/plugin_pb.js";
import { Session } from "../provider/session/session.js";
import { isUnknown } from "../provider/engine/values.js";
import { isDeepStrictEqual } from "node:util";
import { callMethod, construct } from "./component.js";
import { problemOf, providerName, readerOf, settingsIn } from "./configuration.js";
import type * as Functions from "./functions.js";
import { schemaText, VERSION } from "./schema.js";
import { tokenOf } from "./resources.js";
import { received, sent } from "./values.js";
import { Verbs } from "./verbs.js";

const API_KEY = new Set(["apiKey"]);

/** The functions are loaded by the first call of one: most runs ask none, and they bring the whole SDK. */
const answer: typeof Functions.answer = (...args) => {
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- runners that sandbox CommonJS find no import()
  const { answer: answered } = require("./functions.js") as typeof Functions;
  return answered(...args);
};

/** A provider, from its handshake on. */
export class Provider {
  #session: Session | undefined;
  #reader = readerOf("", {});
  #verbs: Verbs | undefined;

  /** @param engine the address at which the engine takes messages, where one listens. */
  constructor(private engine: string | undefined) {}

  /** What all that runs here shares. */
  get session(): Session {
    return (this.#session ??= new Session(this.engine));
  }

  get verbs(): Verbs {
    return (this.#verbs ??= new Verbs(this.session, this.#reader));
  }

  /** Ends what is under way, and begins nothing more. */
  cancel(): void {
    this.#session?.interrupt();
  }

  /** The engine has all results. */
  end(): void {
    this.#session?.ownership.end();
  }

  handshake(request: messages.ProviderHandshakeRequest): messages.ProviderHandshakeResponse {
    this.attach(request.getEngineAddress());
    return new messages.ProviderHandshakeResponse()
      .setAcceptSecrets(true)
      .setAcceptResources(false)
      .setAcceptOutputs(false);
  }

  attach(address: string): void {
    if (address !== "") this.engine = address;
  }

  getPluginInfo(): PluginInfo {
    return new PluginInfo().setVersion(VERSION);
  }

  getSchema(request: messages.GetSchemaRequest): messages.GetSchemaResponse {
    if (request.getVersion() !== 0)
      throw new Error(
        `vultr-inference: there is no version ${request.getVersion()} of the form of schemas in this plugin, only 0.`,
      );
    if (request.getSubpackageName() !== "")
      throw new Error("vultr-inference takes no parameters: ask for its schema without any.");
    return new messages.GetSchemaResponse().setSchema(schemaText());
  }

  parameterize(): never {
    throw new Error("vultr-inference takes no parameters: use it by its name alone.");
  }

  checkConfig(request: messages.CheckRequest): messages.CheckResponse {
    const news = received(request.getNews());
    const problem = problemOf(providerName(request.getUrn()), news.plain);
    const failures = problem === undefined ? [] : [new messages.CheckFailure().setReason(problem)];
    return new messages.CheckResponse().setInputs(sent(news.plain, API_KEY, news.marked)).setFailuresList(failures);
  }

  /** Every setting can be changed without touching a resource. */
  diffConfig(request: messages.DiffRequest): messages.DiffResponse {
    const before = settingsIn(received(request.getOldInputs() ?? request.getOlds()).plain);
    const now = settingsIn(received(request.getNews()).plain);
    const names = [...new Set([...Object.keys(before), ...Object.keys(now)])].filter(
      (name) => !isDeepStrictEqual(before[name], now[name]),
    );
    const { DIFF_SOME, DIFF_NONE } = messages.DiffResponse.DiffChanges;
    return new messages.DiffResponse().setChanges(names.length > 0 ? DIFF_SOME : DIFF_NONE).setDiffsList(names);
  }

  configure(request: messages.ConfigureRequest): messages.ConfigureResponse {
    const args = received(request.getArgs()).plain;
    this.#reader = readerOf(request.getName() ?? providerName(request.getUrn() ?? ""), args);
    this.#verbs = undefined;
    return new messages.ConfigureResponse()
      .setAcceptsecrets(true)
      .setSupportspreview(true)
      .setAcceptresources(false)
      .setAcceptoutputs(false);
  }

  async invoke(request: messages.InvokeRequest): Promise<messages.InvokeResponse> {
    const args = received(request.getArgs());
    if (isUnknown(args.plain))
      throw new Error(`${request.getTok()}: an argument is not known yet. Use the function's form that waits for it.`);
    const context = (confidential: boolean) => this.session.context(this.#reader, confidential);
    const { result, isSecret } = await answer(request.getTok(), args.plain, context, {
      isPreview: request.getPreview(),
      isConfidential: args.secret.size > 0,
    });
    return new messages.InvokeResponse().setReturn(sent(result, new Set(isSecret ? Object.keys(result) : [])));
  }

  construct(request: messages.ConstructRequest): Promise<messages.ConstructResponse> {
    return construct(request, this.#engineAddress());
  }

  call(request: messages.CallRequest): Promise<messages.CallResponse> {
    const context = (confidential: boolean) => this.session.context(this.#reader, confidential);
    return callMethod(request, this.#engineAddress(), (name, args, about) =>
      answer(tokenOf(name), args, context, about),
    );
  }

  #engineAddress(): string {
    if (this.engine === undefined) throw new Error("vultr-inference: the engine has not said where it takes messages.");
    return this.engine;
  }
}
