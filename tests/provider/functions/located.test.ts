import { located } from "../../../provider/functions/located";

const hit = { id: "1", content: "Install it with apt.", created: "now" };
const locate = (description: string): object => located([hit], [{ id: "1", description }])[0] ?? {};

test("a hit is located by its title: the document and the headings within it", () => {
  expect(locate("guide.md › Install › Linux")).toEqual({ ...hit, document: "guide.md", section: "Install › Linux" });
  expect(locate("How to install")).toEqual({ ...hit, document: "How to install" });
});

test("one whose description was made of its content, or that is not listed, is from no document", () => {
  expect(locate("Install it with…")).toEqual(hit);
  expect(locate("Install it ...")).toEqual(hit);
  expect(locate("")).toEqual(hit);
  expect(located([hit], [])).toEqual([hit]);
});
