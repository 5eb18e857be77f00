/** The retrieval tests of a stack: how each question was answered when they ran last, with a way to ask it again. */
export const TESTS = String.raw`
  async function drawTests() {
    try {
      const { tests } = await ask("tests");
      const none = tests ? "The stack has no RetrievalTest." : "No stack was read. Start it with --stack to see its tests.";
      $("tests").replaceChildren(...(tests?.length > 0 ? tests.map(testOf) : [make("p", none, "soft")]));
    } catch (error) {
      if (error.isKey) throw error;
      $("tests").replaceChildren(make("p", error.message, "bad"));
    }
  }

  function testOf(test) {
    const box = make("section");
    const title = make("h2", test.name + " ");
    title.append(verdict(test.passed, "passed", "failed"));
    const said = ["recall " + test.recall + " of " + test.minRecall + " wanted", "mean reciprocal rank " + test.mrr];
    if (test.ranAt) said.push("state of " + new Date(test.ranAt).toLocaleString());
    const table = make("table");
    const head = make("tr");
    for (const name of ["Question", "Rank", "Result"]) Object.assign(head.appendChild(make("th", name)), { scope: "col" });
    table.append(make("thead"), make("tbody"));
    table.tHead.append(head);
    table.tBodies[0].append(...test.cases.map((one) => caseOf(test, one)));
    box.append(title, make("p", said.join(" · "), "soft"), table);
    return box;
  }

  function caseOf({ collection, isSecret }, { query, expected, topK, passed, rank, instead }) {
    const row = make("tr");
    const asked = make("td");
    asked.append(isSecret ? query : link(query, "search", { c: collection, q: query }));
    if (expected.length > 0) asked.append(make("small", "expects " + expected.join(" and ")));
    if (instead.length > 0) asked.append(make("small", "instead came " + instead.join(" | ")));
    const result = make("td");
    result.append(verdict(passed, "found", topK ? "not all in the top " + topK : "not all found"));
    row.append(asked, make("td", String(rank ?? "–")), result);
    return row;
  }

  const verdict = (passed, yes, no) => make("span", passed ? yes : no, passed ? "good" : "bad");
`;
