import * as pulumi from "@pulumi/pulumi";
import { asRunError } from "../../../sdk/functions/options";

test("a failure becomes an error that the language runtime prints as one sentence", async () => {
  const cause = new Error("What went wrong.");
  const error = await asRunError(() => Promise.reject(cause)).catch((reason: unknown) => reason);
  expect(pulumi.RunError.isInstance(error)).toBe(true);
  expect(error).toMatchObject({ message: "What went wrong.", cause });
  // With a stack the runtime would inspect everything the error refers to, which can be the whole program.
  expect((error as Error).stack).toBe("");
});
