import * as pulumi from "@pulumi/pulumi";
import { asRunError, whenSettled } from "../../sdk/functions/options";

test("a failure becomes an error that the language runtime prints as one sentence", async () => {
  const cause = new Error("What went wrong.");
  const error = await asRunError(() => Promise.reject(cause)).catch((reason: unknown) => reason);
  expect(pulumi.RunError.isInstance(error)).toBe(true);
  expect(error).toMatchObject({ message: "What went wrong.", cause });
  // With a stack the runtime would inspect everything the error refers to, which can be the whole program.
  expect((error as Error).stack).toBe("");
});

test("a function runs over plain values once all its inputs are there", async () => {
  const sum = whenSettled({ a: pulumi.output(1), b: Promise.resolve(2) }, {}, ({ a, b }: { a: number; b: number }) => Promise.resolve(a + b));
  await expect(new Promise((resolve) => void sum.apply(resolve))).resolves.toBe(3);
});

test("what a function is given in secret makes its result secret", async () => {
  const result = whenSettled({ text: pulumi.secret("x") }, {}, ({ text }: { text: string }) => Promise.resolve(text));
  await expect(pulumi.isSecret(result)).resolves.toBe(true);
});
