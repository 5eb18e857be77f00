import { parseMemberId } from "../../../provider/ownership/member";

test("an id has a collection and a member", () => {
  expect(parseMemberId("file", "kb/1")).toEqual({ collectionId: "kb", memberId: "1" });
});

test.each(["", "kb", "kb/", "/1", "kb/1/2"])("%j is no id", (id) => {
  expect(() => parseMemberId("file", id)).toThrow(/is not the id of one file: expected <collection id>\/<file id>/u);
});
