// Two inference subscriptions in one program, each with its own key, limits and content:
//   pulumi config set --secret shopKey
//   pulumi config set --secret partnerKey
import * as pulumi from "@pulumi/pulumi";
import { Collection, Item, listCollectionsOutput, Provider, searchOutput } from "pulumi-vultr-inference";

const config = new pulumi.Config();

const shop = new Provider("shop", { apiKey: config.requireSecret("shopKey"), baseUrl: config.get("shopUrl") });
const partner = new Provider("partner", {
  apiKey: config.requireSecret("partnerKey"),
  baseUrl: config.get("partnerUrl"),
  requestsPerSecond: 20,
});

const handbook = new Collection("handbook", { name: "Handbook" }, { provider: shop });
const hours = new Item("hours", { collectionId: handbook.id, content: "The shop opens at nine." }, { provider: shop });

// What stands below something of an account is of that account.
const catalogue = new Collection("catalogue", { name: "Catalogue" }, { provider: partner });
const lamp = new Item(
  "lamp",
  { collectionId: catalogue.id, content: "The reading lamp costs 40 euros." },
  { parent: catalogue },
);

const question = "When does the shop open?";
const found = searchOutput({ collectionId: handbook.id, input: question }, { provider: shop, dependsOn: hours });

function namesIn(provider: Provider, dependsOn: pulumi.Resource): pulumi.Output<string[]> {
  return listCollectionsOutput({}, { provider, dependsOn }).collections.apply((all) => all.map(({ name }) => name));
}

export const opening = found.results.apply(([best]) => best?.content);
export const collections = { shop: namesIn(shop, hours), partner: namesIn(partner, lamp) };
