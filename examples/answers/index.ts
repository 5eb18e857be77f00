// A question answered from a collection: in writing as a stack output, and aloud in a file.
import * as pulumi from "@pulumi/pulumi";
import {
  Collection,
  findModelOutput,
  Item,
  listModelsOutput,
  listVoicesOutput,
  ragCompletionOutput,
  speechOutput,
} from "pulumi-vultr-inference";

const config = new pulumi.Config();
const question = config.get("question") ?? "How long do I have to send something back?";
const file = config.get("file") ?? "answer.wav";

const facts = {
  returns: "You can send anything back within 30 days, free of charge.",
  shipping: "Orders are shipped the next working day, and arrive two days later.",
  payment: "We take cards and bank transfers, but no cheques.",
};

const faq = new Collection("faq", { name: "FAQ" });
const items = Object.entries(facts).map(([name, content]) => new Item(name, { collectionId: faq.id, content }));

// Models and voices change within weeks. Unless told otherwise, those of today that can do it will do.
const model = config.get("model") ?? findModelOutput().id;
const speechModel =
  config.get("speechModel") ?? listModelsOutput({ kind: "speech" }).models.apply(([first]) => first?.id ?? "");
const voice = config.get("voice") ?? listVoicesOutput().voices.apply(([first]) => first ?? "");

// Asked in each deployment, once the items are there. At temperature 0 the answer stays the same as long as they do.
const written = ragCompletionOutput(
  { collectionId: faq.id, model, messages: [{ role: "user", content: question }], temperature: 0, maxTokens: 200 },
  { dependsOn: items },
);

// Spoken only when the answer has changed since the file was written.
const spoken = speechOutput({ model: speechModel, voice, input: written.content, file });

export const collectionId = faq.id;
export const answer = written.content;
export const audio = { asset: spoken.asset, mediaType: spoken.mediaType };
