import { Masking } from "../../../../local/engine/secrets/masking.js";

describe("masking", () => {
  it("hides every secret, also as it stands in JSON", () => {
    const masking = new Masking();
    masking.add('qu"ote');
    masking.add("hunter2");
    expect(masking.mask('x hunter2 hunter2 {"k":"qu\\"ote"} qu"ote')).toBe(
      'x [secret] [secret] {"k":"[secret]"} [secret]',
    );
  });

  it("leaves texts of one or two characters alone", () => {
    const masking = new Masking();
    masking.add("");
    masking.add("1");
    expect(masking.mask("1 of 11")).toBe("1 of 11");
  });
});
