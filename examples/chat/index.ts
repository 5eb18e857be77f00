// A knowledge base, and the chat in app/ that answers from it. The chat gets the collection's id, and a key of its own:
//   pulumi config set --secret appKey
import * as pulumi from "@pulumi/pulumi";
import { KnowledgeBase } from "pulumi-vultr-inference";
import { AppSettings } from "./app-settings";

const config = new pulumi.Config();

const shop = new KnowledgeBase("shop", {
  name: "Shop",
  documents: "docs",
  questions: [{ query: "May I send something back?", expect: { document: "returns.md" } }],
});

// After the questions are answered: an application never gets a knowledge base that has not passed.
const settings = new AppSettings(
  "chat",
  { collectionId: shop.collectionId, apiKey: config.requireSecret("appKey") },
  { dependsOn: shop },
);

export const collectionId = shop.collectionId;
export const environment = settings.environment;
