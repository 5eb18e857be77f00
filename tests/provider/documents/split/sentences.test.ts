import fc from "fast-check";
import { sentences } from "../../../../provider/documents/split/sentences";

function split(text: string): string[] {
  const ends = [...sentences(text, 0, text.length), text.length];
  return ends.map((end, index) => text.slice(ends[index - 1] ?? 0, end).trim());
}

/** Sentences that are to be found one by one. */
const TEXTS: Readonly<Record<string, readonly string[]>> = {
  English: [
    "Close the valve.",
    "Is it closed?",
    "Then wait!",
    "Do not open it…",
    "It is hot.[12]",
    '"Never."',
    "(It is hot.)",
    "**Really.**",
    "1 bar is enough.",
  ],
  abbreviations: [
    "See Fig. 3, Fig. A and figs. 4-5 on p. 12 of vol. 2, i.e. the book by Dr. J. B. Watt, e.g. No. 7 or no. 8 " +
      "in Sec. 9.",
    "He lives in the U.S. Army's house with Mr. Smith vs. Mrs. Jones Jr. and others.",
    "The answer is no.",
    "It starts on Jan. 5 at ca. 8 o'clock.",
  ],
  "numbers and names with points": ["Version 1.2 has pump.js and e.g. 3.5 bar.", "Next."],
  "what goes on with a small letter": ['"Really?" he asked.', "It said etc. and so on.", "Then it stopped."],
  German: [
    "Am 3. Oktober kommt z. B. Herr Dr. Maier bzw. Frau Nr. 5.",
    "Im 19. Jahrhundert auch.",
    "Abb. 4 zeigt das ggf. genauer.",
  ],
  French: ["M. Dupont habite au n. 5, cf. Art. 12.", "« Fermez la vanne. »", "Est-ce clair ?", "Oui."],
  Spanish: ["¿Está cerrada?", "¡Sí!", "El Sr. García y la Sra. Pérez lo ven en la pág. 4."],
  Russian: ["На рис. 3 и т. д. показан насос, т.е. клапан.", "Он закрыт?", "Да."],
  Greek: ["Είναι κλειστή;", "Ναι.", "Όχι!"],
  Hindi: ["वाल्व बंद करें।", "क्या यह बंद है?", "हाँ।"],
  "Hindi without spaces": ["वाल्व बंद करें।", "फिर रुकें॥", "हाँ।"],
  Urdu: ["والو بند کریں۔", "کیا یہ آسان ہے؟", "جی ہاں۔"],
  Arabic: ["أغلق الصمام.", "هل هو مغلق؟", "نعم!"],
  Persian: ["شیر را ببندید.", "آیا بسته است؟", "بله."],
  Armenian: ["Փակեք փականը։", "Սպասեք։", "Լավ։"],
  Amharic: ["ቫልቩን ይዝጉ።", "ይጠብቁ፧", "እሺ።"],
  Burmese: ["အဆို့ရှင်ကိုပိတ်ပါ။", "စောင့်ပါ။"],
  Khmer: ["បិទវ៉ាល់។", "រង់ចាំ។"],
  Tibetan: ["སྒོ་རྒྱོབས།", "སྒུག་དང་།"],
  Chinese: ["关闭阀门。", "它关闭了吗？", "等待！", "“好。”", "他走了｡"],
  Japanese: ["弁を閉めてください。", "「はい。」と言いました。", "（終わり。）", "待つ？", "はい！"],
  Korean: ["밸브를 닫으세요.", "닫혔습니까?", "네."],
};

describe("Sentences", () => {
  it.each(Object.entries(TEXTS))("end where a reader would say: %s", (name, expected) => {
    expect(split(expected.join(/Chinese|Japanese|without/u.test(name) ? "" : " "))).toEqual(expected);
  });

  it("end at the same places whatever part of the text is looked at", () => {
    const sign = fc.constantFrom("a", "B", ".", "!", "。", "।", " ", "\n", "Dr", "e.g", "3", "”", "と", "」");
    fc.assert(
      fc.property(fc.array(sign, { maxLength: 60 }), fc.nat(), fc.nat(), (signs, one, other) => {
        const text = signs.join("");
        const [start = 0, end = 0] = [one % (text.length + 1), other % (text.length + 1)].sort((a, b) => a - b);
        const all = new Set(sentences(text, 0, text.length));
        for (const at of sentences(text, start, end))
          expect(start < at && at < end && (all.has(at) || text.slice(start, at).trim().length < 2)).toBe(true);
      }),
    );
  });

  it("are found in a moment where signs follow each other without end", () => {
    for (const sign of [".", "!?", "। ", ". ", "。」", "*.", "…)", "; ", "e.g. "])
      expect(sentences(sign.repeat(200_000), 0, 400_000).length).toBeLessThanOrEqual(400_000);
  });
});
