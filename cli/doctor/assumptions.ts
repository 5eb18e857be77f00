/** What the project builds on and nobody has written down for sure. */
export interface Assumption {
  /** What it is about, as docs/api.md says it. */
  readonly about: string;
  readonly expected: string;
  /** The property of a profile that an emulator takes by `like`, with what it is for each thing that may be seen. */
  readonly setting?: { readonly name: string; readonly values: Readonly<Record<string, unknown>> };
}

/** All of them, by the names under which the probe writes what it has seen. */
export const ASSUMPTIONS = {
  takenName: {
    about: "a name that is taken",
    expected: "refused",
    setting: { name: "takenName", values: { refused: "refused", suffix: "suffix", existing: "existing" } },
  },
  sameBeginning: { about: "another name with the same first 14 letters and digits", expected: "refused" },
  underscore: {
    about: "an underscore in a name",
    expected: "kept",
    setting: { name: "underscore", values: { kept: "kept", dropped: "dropped" } },
  },
  idLength: { about: "the id of a collection", expected: "first 14 letters and digits of the name" },
  unknownCollection: {
    about: "an unknown collection",
    expected: "404",
    setting: { name: "unknownCollection", values: { "404": 404, "422": 422 } },
  },
  itemAnswer: { about: "an item that was added", expected: "201 with a UUID and the description as sent" },
  list: { about: "the list of items", expected: "descriptions without contents" },
  describe: { about: "PATCH of a description", expected: "taken" },
  content: { about: "PATCH of a content", expected: "ignored or refused" },
  removal: { about: "DELETE of an item", expected: "204, and 404 afterwards" },
  searchResults: {
    about: "results of a search over 12 items",
    expected: "12",
    setting: { name: "searchResults", values: { "12": "all" } },
  },
  searchFields: { about: "fields of a result", expected: "content, created, id" },
  tooLong: { about: "a text of 700 words", expected: "422 with words about its length" },
  wrongKey: { about: "a key that is none", expected: "422 or 401 with words about the key" },
  openModelList: {
    about: "the list of models without a key",
    expected: "answered",
    setting: { name: "openModelList", values: { answered: true, refused: false } },
  },
  modelList: {
    about: "entries of the list of models",
    expected: "modalities",
    setting: { name: "modelList", values: { modalities: "2026", features: "2025" } },
  },
  voiceList: {
    about: "the list of voices",
    expected: "data",
    setting: { name: "voiceList", values: { data: "data", voices: "voices" } },
  },
  audioModels: {
    about: "/audio/models",
    expected: "there",
    setting: { name: "audioModels", values: { there: true, absent: false } },
  },
  logs: { about: "/logs", expected: "there", setting: { name: "logs", values: { there: true, absent: false } } },
  unknownModel: {
    about: "a model that is not listed",
    expected: "refused",
    setting: { name: "unknownModel", values: { refused: "refused", answered: "answered" } },
  },
  unknownVoice: {
    about: "a voice that is not listed",
    expected: "refused",
    setting: { name: "unknownVoice", values: { refused: "refused", spoken: "spoken" } },
  },
  fileUpload: { about: "a file that was uploaded", expected: "enqueued, processing or completed" },
  deleteFile: {
    about: "DELETE of a file",
    expected: "taken",
    setting: { name: "deleteFile", values: { taken: true, refused: false } },
  },
  freedName: { about: "the name of a collection that was deleted", expected: "free at once" },
} as const satisfies Readonly<Record<string, Assumption>>;

export type AssumptionName = keyof typeof ASSUMPTIONS;

/** What was seen, by assumption; nothing of those that could not be looked at. */
export type Seen = Readonly<Partial<Record<AssumptionName, string>>>;

/** What an emulator needs in order to behave as was seen. Only what it can be told. */
export function profileOf(seen: Seen): Readonly<Record<string, unknown>> {
  const all: Readonly<Record<string, Assumption>> = ASSUMPTIONS;
  return Object.fromEntries(
    Object.entries(seen).flatMap(([name, what]) => {
      const setting = all[name]?.setting;
      if (setting === undefined) return [];
      if (setting.name === "searchResults" && /^\d+$/u.test(what))
        return [[setting.name, what === "12" ? "all" : Number(what)] as const];
      return what in setting.values ? [[setting.name, setting.values[what]] as const] : [];
    }),
  );
}
