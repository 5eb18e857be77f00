import * as errors from "../../../../provider/client/http/errors.js";

const { VultrInferenceError, NotFoundError, RateLimitError, ServerError } = errors;
const facts = { operation: "getItem" };

const classes = Object.values(errors)
  .filter((value) => typeof value === "function" && value !== VultrInferenceError)
  .map((Class) => Class as typeof NotFoundError);

test("each class has a code of its own and knows its errors and no others", () => {
  const made = classes.map((Class) => new Class("x", { ...facts, partial: undefined } as never));
  expect(new Set(made.map(({ code }) => code)).size).toBe(classes.length);
  for (const [index, Class] of classes.entries()) {
    expect(made.map((error) => Class.isInstance(error))).toEqual(made.map((_, other) => other === index));
    expect(VultrInferenceError.isInstance(made[index])).toBe(true);
    expect(made[index]?.name).toBe(Class.name);
  }
});

test("errors are known across two copies of the package", () => {
  let copy: typeof errors | undefined;
  jest.isolateModules(() => (copy = jest.requireActual("../../../../provider/client/http/errors.js")));
  const foreign = new copy!.NotFoundError("x", facts);
  expect(foreign).not.toBeInstanceOf(NotFoundError);
  expect(NotFoundError.isInstance(foreign)).toBe(true);
  expect(VultrInferenceError.isInstance(foreign)).toBe(true);
  expect(ServerError.isInstance(foreign)).toBe(false);
});

test.each([undefined, null, 5, "x", {}, new Error("x"), { code: "not_found" }])("%p is none of ours", (value) => {
  expect(VultrInferenceError.isInstance(value)).toBe(false);
  expect(NotFoundError.isInstance(value)).toBe(false);
});

test("what is not known is absent", () => {
  expect("status" in new NotFoundError("x", facts)).toBe(false);
  expect("cause" in new NotFoundError("x", facts)).toBe(false);
  expect("retryAfterSeconds" in new RateLimitError("x", facts)).toBe(false);
  expect(new NotFoundError("x", facts).outcomeUnknown).toBe(false);
});
