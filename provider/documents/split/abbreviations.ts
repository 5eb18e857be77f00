const words = (...lists: readonly string[]): ReadonlySet<string> => new Set(lists.flatMap((list) => list.split(" ")));

/** In small letters, without the point. A name or a part of the sentence follows them. */
const ALWAYS = words(
  // English
  "mr mrs ms dr prof rev hon capt sgt lt gen col gov sen rep fig figs eq eqs vol vols pp approx cf vs viz resp " +
    "incl excl dept univ assoc inc ltd corp bros jr sr misc esp def",
  // German
  "bzw ca evtl ggf inkl exkl zzgl abzgl nr str abs abb tel hr bspw vgl hrsg bd kap dipl ing sog allg mind max",
  // French, Spanish, Portuguese, Italian
  "mme mlle mm env éd chap srta sra sres dra ud uds pág págs núm núms ej sig dott pag pagg avv",
  // Dutch, the Nordic languages, Finnish
  "dhr mevr blz bijv resp evt bl.a t.ex f.eks bl esim ks",
  // Polish, Czech, Hungarian, Turkish
  "np tzn tj ul prof inż mgr např tzv čl kb örn bkz",
  // Russian, Ukrainian, Bulgarian
  "рис стр см ул гл табл напр руб тыс млн млрд проф акад им др мал вул напр фиг",
);

/** What is a word as well: it is an abbreviation where a number follows. */
const BEFORE_NUMBERS = words(
  "no nos nn art ch sec sect para app tab tbl ref refs ex ed cap ver rev min st p s",
  "jan feb mar apr jun jul aug sep sept oct nov dec kl nro kapt rozdz odc п ст ч",
);

/** In German and its kin a number with a point is an ordinal, as before a month. */
const ORDINAL = /(?<!\d)\d{1,2}$/u;
const BEHIND_ORDINALS = /^\s*(?:Jan|Feb|Mär|Apr|Mai|Jun|Jul|Aug|Sep|Okt|Nov|Dez|Jahrhundert)/u;

/** A letter alone, or several with points between: `J.`, `e.g.`, `z. B.`, `т.е.`. */
const LETTERS =
  /(?<![\p{L}\p{M}\p{N}])(?:[\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}\p{Script=Armenian}]\.)*[\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}\p{Script=Armenian}]$/u;
const WORD = /[\p{L}\p{M}.]+$/u;

/** How far an abbreviation reaches back, in characters. */
const LONGEST = 24;

/** Tells whether the point at an offset belongs to an abbreviation or an ordinal, so that it ends no sentence. */
export function isAbbreviated(text: string, point: number): boolean {
  const before = text.slice(Math.max(0, point - LONGEST), point);
  const behind = text.slice(point + 1, point + LONGEST);
  if (ORDINAL.test(before)) return BEHIND_ORDINALS.test(behind);
  if (LETTERS.test(before)) return true;
  const word = WORD.exec(before)?.[0].toLowerCase();
  if (word === undefined) return false;
  return ALWAYS.has(word) || (BEFORE_NUMBERS.has(word) && /^\s*[\d[(]*\d/u.test(behind));
}
