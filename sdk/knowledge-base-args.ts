import * as pulumi from "@pulumi/pulumi";
import { unknownProperty } from "../provider/text/misspelt.js";
import { isProperties, labelOf, requireProperties, whatIs } from "./resource.js";

/** What the collection of a knowledge base takes, and what its parts are called. */
const KNOWN = ["name", "documents", "files", "questions", "adopt", "adoptByName", "forceDestroy"];
const LIKE = "{ name, documents }";

/**
 * Makes sure that a knowledge base is given what it can be made of. What is inside of its parts, their own checks look
 * at.
 *
 * @throws RunError that says everything that is wrong.
 */
export function requireKnowledgeBaseArgs(type: string, name: string, args: unknown): void {
  requireProperties({ type, like: LIKE }, name, args);
  const problems = isProperties(args) ? problemsOf(args) : [];
  if (problems.length > 0) throw new pulumi.RunError(`${labelOf({ type }, name)}: ${problems.join("; ")}.`);
}

function problemsOf(args: Readonly<Record<string, unknown>>): string[] {
  const { documents, files, questions } = args;
  const isSource = isPath(documents) || isProperties(documents);
  return [
    ...Object.keys(args).flatMap((property) =>
      KNOWN.includes(property)
        ? []
        : [`${property} ${unknownProperty(property, KNOWN, "a knowledge base").replace(/\.$/u, "")}`],
    ),
    ...unless(
      isSource,
      "documents",
      'the path of a folder, or what Documents takes, such as { source: { folder: "docs" } }',
      documents,
    ),
    ...unless(isProperties(files), "files", 'files by their names, such as { travel: "documents/travel.pdf" }', files),
    ...Object.entries(isProperties(files) ? files : {}).flatMap(([file, source]) => fileProblem(file, source)),
    ...unless(
      isQuestions(questions),
      "questions",
      "a list of questions with what is expected, such as [{ query, expect }], or what RetrievalTest takes, such " +
        "as { cases }",
      questions,
    ),
  ];
}

/** A file must be there where it has a name. */
function fileProblem(file: string, source: unknown): string[] {
  const isAsset = pulumi.asset.Asset.isInstance(source) || pulumi.asset.Archive.isInstance(source);
  return isAsset || isPath(source) || isProperties(source)
    ? []
    : [mustBe(`files[${JSON.stringify(file)}]`, "a path, an asset, or what File takes, such as { source }", source)];
}

/** Later ones are the cases of the test, whose check looks at them. */
function isQuestions(questions: unknown): boolean {
  return Array.isArray(questions) || pulumi.Output.isInstance(questions) || isProperties(questions);
}

function isPath(value: unknown): boolean {
  return typeof value === "string" && value.trim() !== "";
}

function unless(isRight: boolean, property: string, what: string, value: unknown): string[] {
  return isRight || value === undefined ? [] : [mustBe(property, what, value)];
}

function mustBe(property: string, what: string, value: unknown): string {
  return `${property} must be ${what}, but is ${whatIs(value)}`;
}
