import * as pulumi from "@pulumi/pulumi";

/** What an application needs to search a knowledge base. */
export interface AppSettingsArgs {
  collectionId: pulumi.Input<string>;
  /** The key that the application uses; not the one that deploys, where that can be avoided. */
  apiKey: pulumi.Input<string>;
}

/**
 * Stands for whatever holds an application's settings: a Kubernetes Secret, the variables of an instance or a function.
 * Put the resource of your cloud's provider into it; `environment` is what it takes.
 */
export class AppSettings extends pulumi.ComponentResource {
  /** Environment variables by name. Secret, since the key is among them. */
  readonly environment: pulumi.Output<{ KNOWLEDGE_BASE: string; VULTR_INFERENCE_API_KEY: string }>;

  constructor(name: string, args: AppSettingsArgs, options?: pulumi.ComponentResourceOptions) {
    super("chat:index:AppSettings", name, {}, options);
    this.environment = pulumi.secret(
      pulumi.output({ KNOWLEDGE_BASE: args.collectionId, VULTR_INFERENCE_API_KEY: args.apiKey }),
    );
    this.registerOutputs({ environment: this.environment });
  }
}
