import * as pulumi from "@pulumi/pulumi";
import { ConstructRequest } from "@pulumi/pulumi/proto/provider_pb.js";
import { componentInputs } from "../../plugin/component-inputs";
import { Struct } from "../../plugin/protocol";
import { asset, outputValue, secret, UNKNOWN, type Values } from "./rig";

const FAQ = "urn:pulumi:test::project::vultr-inference:index:Collection::faq";

/** What the component gets of a program's arguments, some of which come of other resources. */
function given(inputs: Values, dependencies: Record<string, string[]> = {}): Values {
  const request = new ConstructRequest().setInputs(Struct.fromJavaScript(inputs as never));
  for (const [name, urns] of Object.entries(dependencies))
    request.getInputdependenciesMap().set(name, new ConstructRequest.PropertyDependencies().setUrnsList(urns));
  return componentInputs(request);
}

/** What an output stands for: its value where that is known, and what is said of it. */
async function resolved(value: unknown): Promise<object> {
  expect(pulumi.Output.isInstance(value)).toBe(true);
  const { isKnown, isSecret, resources } = value as {
    readonly isKnown: Promise<boolean>;
    readonly isSecret: Promise<boolean>;
    readonly resources: () => Set<pulumi.Resource>;
  };
  const known = await isKnown;
  const plain = known && (await (value as { promise(): Promise<unknown> }).promise());
  return { known, secret: await isSecret, of: resources().size, ...(known && { value: plain }) };
}

describe("The arguments of a component", () => {
  it("stay plain where nothing is said of them", () => {
    const args = { name: "FAQ", documents: "docs", questions: [{ query: "Why?", expect: [{ document: "a.md" }] }] };
    expect(given(args)).toEqual(args);
  });

  it.each<[string, unknown, object]>([
    ["a secret", secret("A secret."), { known: true, secret: true, of: 0, value: "A secret." }],
    ["what is not known yet", UNKNOWN, { known: false, secret: false, of: 0 }],
    ["an unknown secret", outputValue({ secret: true }), { known: false, secret: true, of: 0 }],
    [
      "what comes of a resource",
      outputValue({ value: "faq", dependencies: [FAQ] }),
      { known: true, secret: false, of: 1, value: "faq" },
    ],
  ])("have %s as an output at its place, in maps and lists that are plain", async (_, part, as) => {
    const { documents, files, questions } = given({
      documents: { source: { texts: [{ name: "a.md", text: part }] } },
      files: { terms: part },
      questions: [{ query: part }],
    }) as {
      documents: { source: { texts: [{ name: string; text: unknown }] } };
      files: { terms: { source: unknown } };
      questions: [{ query: unknown }];
    };
    expect(documents.source.texts[0].name).toBe("a.md");
    for (const each of [documents.source.texts[0].text, files.terms.source, questions[0].query])
      await expect(resolved(each)).resolves.toEqual(as);
  });

  it("of a secret map are secret one by one, and a secret path is the source", async () => {
    const { documents, files } = given({
      documents: secret({ source: "docs", maxTokens: 100 }),
      files: { terms: secret(asset({ text: "Terms", hash: "h" })) },
    }) as { documents: Values; files: { terms: { source: unknown } } };
    await expect(resolved(documents["source"])).resolves.toMatchObject({ secret: true, value: "docs" });
    await expect(resolved(documents["maxTokens"])).resolves.toMatchObject({ secret: true, value: 100 });
    await expect(resolved(files.terms.source)).resolves.toMatchObject({ secret: true });
    const { documents: path } = given({ documents: secret("docs") }) as { documents: { source: unknown } };
    await expect(resolved(path.source)).resolves.toMatchObject({ secret: true, value: "docs" });
  });

  it("know what they come of where the program says so of the whole", async () => {
    const { documents } = given({ documents: { source: "docs" } }, { documents: [FAQ] }) as { documents: Values };
    await expect(resolved(documents["source"])).resolves.toMatchObject({ of: 1, value: "docs" });
  });
});
