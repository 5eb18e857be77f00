import { onPath } from "../../../cli/engine.js";
import { Repository } from "./repository.js";

const hasHost = onPath("pulumi-language-yaml") !== undefined;

const program = (resources: object, runtime = "yaml"): Record<string, string> => ({
  "Pulumi.yaml": JSON.stringify({
    name: "kb",
    runtime,
    packages: { "vultr-inference": "./node_modules/pulumi-vultr-inference/plugin" },
    resources,
  }),
});
const handbook = (properties: object): object => ({ type: "vultr-inference:KnowledgeBase", properties });
const documents = (source: unknown): object => ({
  type: "vultr-inference:Documents",
  properties: { collectionId: "faq", source },
});

let repository: Repository;
beforeAll(() => {
  repository = new Repository();
});
afterAll(() => repository.remove());

(hasHost ? describe : describe.skip)("A program in YAML", () => {
  it("is compared as one for Node.js is, its components included, and from one language to the other", async () => {
    repository.write({ "docs/a.md": "# A\n\nOne.", "prices.csv": "thing,price\nbread,3\n" }).commit();
    repository.git("switch", "--quiet", "--create", "change");
    repository.write({
      ...program({
        handbook: handbook({ name: "Handbook", documents: "docs", files: { prices: "prices.csv" } }),
        hidden: documents({ "fn::secret": { texts: [{ name: "code.md", text: "The code is 1234." }] } }),
      }),
      "docs/b.md": "# B\n\nTwo.",
    });
    const { code, stdout } = await repository.diff("main");
    expect({ code, stdout }).toEqual({
      code: 0,
      stdout: expect.stringMatching(/^handbook-documents: 1 → 2 documents.*\n {2}\+ b\.md {2}1 chunk/mu),
    });
    expect(stdout).toMatch(/^hidden: 0 → 1 document, /mu);
    expect(stdout).not.toMatch(/code\.md|1234/u);
    expect(stdout).toMatch(/Other resources:\n {2}\+ File handbook-prices\n\n/u);
  });

  it("with other packages than this one is named, and so is what a component of it refuses", async () => {
    repository.write(program({ bucket: { type: "aws:s3:Bucket" } }));
    expect((await repository.diff("main")).stdout).toMatch(/diff knows no other package than vultr-inference/u);
    repository.write(program({ handbook: handbook({ name: "Handbook", documents: "nowhere" }) }));
    expect((await repository.diff("main")).stdout).toMatch(/source does not exist/u);
  });
});

test("a program in a language that cannot be run here is named, with what is missing", async () => {
  repository.write(program({}, "python"));
  expect((await repository.diff("main")).stderr).toMatch(
    /runs on "python"[.] Only programs for Node[.]js and those in YAML can be compared[.]/u,
  );
});
