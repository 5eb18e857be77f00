// Hands a knowledge base to an application that runs elsewhere: the collection's id, and a key, which stays secret:
//   pulumi config set --secret appKey
import * as pulumi from "@pulumi/pulumi";
import { Collection, Item } from "pulumi-vultr-inference";
import { AppSettings } from "./app-settings";

const config = new pulumi.Config();

const products = new Collection("products", { name: "Products" });
const spade = new Item("spade", {
  collectionId: products.id,
  content: "The spade has a handle of ash and weighs two kilograms.",
  description: "Spade",
});

const settings = new AppSettings(
  "shop",
  { collectionId: products.id, apiKey: config.requireSecret("appKey") },
  { dependsOn: spade },
);

export const collectionId = products.id;
export const environment = settings.environment;
