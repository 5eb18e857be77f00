/** Searches, one or two side by side, and answers with what they stood on. */
export const SEARCH = String.raw`
  let panesDrawn = "";

  /** Panes have their question and collection in the address: q and c, and q2 and c2. */
  function drawSearch(at, collections) {
    const drawn = JSON.stringify([at, collections.map(({ id, name }) => [id, name])]);
    if (drawn === panesDrawn) return;
    panesDrawn = drawn;
    const isTwo = at.c2 !== undefined;
    $("panes").replaceChildren(pane(at, "", collections), ...(isTwo ? [pane(at, "2", collections)] : []));
    $("beside").textContent = isTwo ? "Only one question" : "Compare with another question or collection";
  }

  function pane(at, suffix, collections) {
    const box = make("div", undefined, "pane");
    const form = make("form");
    form.setAttribute("role", "search");
    const which = make("select");
    which.setAttribute("aria-label", "Collection");
    for (const { id, name } of collections) which.append(new Option(name, id, id === at["c" + suffix], id === at["c" + suffix]));
    const query = make("input");
    Object.assign(query, { type: "search", required: true, autocomplete: "off", placeholder: "What is to be found?", value: at["q" + suffix] ?? "" });
    query.setAttribute("aria-label", "Search");
    form.append(...(suffix || at.c2 !== undefined ? [which] : []), query, make("button", "Search"));
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      const asked = { ...here().at, ["q" + suffix]: query.value, ...(which.isConnected && { ["c" + suffix]: which.value }) };
      if (hashOf("search", asked) === location.hash) void find(asked, suffix, hits);
      else location.hash = hashOf("search", asked);
    });
    const hits = make("ol", undefined, "results");
    hits.setAttribute("aria-live", "polite");
    box.append(form, hits);
    if (at["q" + suffix]) void find(at, suffix, hits);
    return box;
  }

  async function find(at, suffix, list) {
    const c = at["c" + suffix];
    try {
      const { results } = await ask("search", { collection: c, input: at["q" + suffix] });
      list.replaceChildren(...(results.length > 0 ? hits(c, results) : [make("li", "Nothing is in this collection.", "soft")]));
    } catch (error) {
      list.replaceChildren(make("li", error.message, "bad"));
    }
  }

  function hits(c, results) {
    // The API itself tells no scores.
    const most = Math.max(...results.map(({ score = 0 }) => score), 0.001);
    return results.map((hit, index) => {
      const row = make("li", undefined, "hit");
      const head = make("div");
      const where = { c, d: hit.document, k: hit.kind, o: hit.owner, i: hit.id };
      head.append(make("span", String(index + 1), "rank"), link(hit.kind === "file" ? hit.document : hit.title || hit.document, "documents", where), ...(hit.score === undefined ? [] : scoreOf(hit.score, most)));
      row.append(head, marked(hit.content, hit.marks));
      return row;
    });
  }

  function scoreOf(score, most) {
    const meter = make("span", undefined, "meter");
    const bar = make("i");
    bar.style.width = Math.max(0, Math.round((score / most) * 100)) + "%";
    meter.append(bar);
    return [meter, make("span", score.toFixed(3))];
  }

  /** What clients have searched for in this collection, the newest first. */
  function drawAsked(c, requests) {
    const inputs = requests.flatMap(({ operation, path, requestBody }) => {
      if (operation !== "searchCollection" || path !== "/vector_store/" + encodeURIComponent(c) + "/search") return [];
      const [, input] = /"input"\s*:\s*("(?:[^"\\]|\\.)*")/.exec(requestBody) ?? [];
      return input ? [JSON.parse(input)] : [];
    });
    const asked = [...new Set(inputs.reverse())].slice(0, 20);
    const drawn = JSON.stringify([c, asked]);
    if ($("asked").dataset.drawn === drawn) return;
    $("asked").dataset.drawn = drawn;
    $("askedTitle").hidden = asked.length === 0;
    $("asked").replaceChildren(
      ...asked.map((input) => {
        const row = make("li");
        row.append(link(input, "search", { ...here().at, c, q: input }));
        return row;
      }),
    );
  }

  $("beside").addEventListener("click", () => {
    const { c2, q2, ...one } = here().at;
    location.hash = hashOf("search", c2 === undefined ? { ...one, c2: one.c, q2: one.q } : one);
  });

  let answerDrawn = "";

  async function drawAnswer({ c, q }) {
    const drawn = JSON.stringify([c, q]);
    if (drawn === answerDrawn) return;
    answerDrawn = drawn;
    $("asking").value = q ?? "";
    if (!q) return $("answered").replaceChildren();
    try {
      const { answer, chunks } = await ask("answer", { collection: c, input: q });
      const rows = make("ol");
      rows.append(...hits(c, chunks));
      $("answered").replaceChildren(make("p", answer), make("h2", chunks.length > 0 ? "It stands on" : "It stands on nothing"), rows);
    } catch (error) {
      $("answered").replaceChildren(make("p", error.message, "bad"));
    }
  }

  $("question").addEventListener("submit", (event) => {
    event.preventDefault();
    answerDrawn = "";
    const asked = hashOf("answer", { c: here().at.c, q: $("asking").value });
    if (asked === location.hash) void drawAnswer(here().at);
    else location.hash = asked;
  });
`;
