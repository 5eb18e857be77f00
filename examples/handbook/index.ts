// A handbook of whole files: the API reads Markdown, PDF and DOCX itself, and the deployment waits until it has.
import { readdirSync } from "node:fs";
import { extname, join } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { Collection, File, searchOutput } from "pulumi-vultr-inference";

const config = new pulumi.Config();
const folder = config.get("folder") ?? "documents";
const question = config.get("question") ?? "How many days of holiday do I have?";
// Long files keep the API busy for minutes. With "wait: false" the deployment goes on meanwhile, and a refresh catches
// up.
const waitForIngestion = config.getBoolean("wait") ?? true;

const handbook = new Collection("handbook", { name: "Handbook" });

const documents = readdirSync(folder).filter((name) => [".md", ".pdf", ".docx"].includes(extname(name)));
const files = documents.map(
  (name) =>
    new File(name, { collectionId: handbook.id, source: join(folder, name), waitForIngestion }, { parent: handbook }),
);

const found = searchOutput({ collectionId: handbook.id, input: question }, { dependsOn: files });

export const collectionId = handbook.id;
export const items = pulumi
  .all(files.map((file) => file.items))
  .apply((counts) => counts.reduce((sum, count) => sum + count, 0));
export const passage = found.results.apply(([best]) => best?.content);
