/** Requests as they come, and what waits. */
export const REQUESTS = String.raw`
  const kept = [];
  let requestsDrawn = "";

  function keepRequests(requests, isNew) {
    if (isNew) kept.length = 0;
    kept.push(...requests);
    kept.splice(0, kept.length - 500);
  }

  function drawRequests({ w = "", f, n }) {
    const drawn = JSON.stringify([w, f, kept.at(-1)?.number, kept.length]);
    if (drawn === requestsDrawn) return;
    requestsDrawn = drawn;
    if (document.activeElement !== $("wanted")) $("wanted").value = w;
    $("failed").checked = f === "1";
    const open = new Set([n, ...Array.from($("requestRows").querySelectorAll("details[open]"), (row) => row.dataset.number)]);
    const wanted = kept.filter((request) => fits(request, w.toLowerCase(), f === "1")).reverse();
    $("counted").textContent = number(wanted.length, "request") + (wanted.length < kept.length ? " of " + kept.length : "");
    $("requestRows").replaceChildren(...wanted.map((request) => requestRow(request, open.has(String(request.number)))));
  }

  function fits({ operation, method, path, status, requestBody, responseBody }, wanted, isFailed) {
    if (isFailed && status !== null && status < 400) return false;
    return [operation, method + " " + path, String(status), requestBody, responseBody].some((text) => text.toLowerCase().includes(wanted));
  }

  function requestRow({ number: n, at, ms, method, path, status, requestBody, responseBody }, isOpen) {
    const row = make("li");
    const details = make("details");
    details.dataset.number = n;
    const head = make("summary");
    const state = make("span", status === null ? "reset" : String(status), status !== null && status < 400 ? "good" : "bad");
    head.append(make("time", new Date(at).toTimeString().slice(0, 8), "soft"), " ", state, " " + method + " " + path + " ", make("span", ms + " ms", "soft"));
    details.append(head);
    const open = () => {
      if (details.open && details.childElementCount === 1) details.append(...body("Request", requestBody), ...body("Response", responseBody), link("Link to this request", "requests", { n }));
    };
    details.addEventListener("toggle", open);
    details.open = isOpen;
    row.append(details);
    return row;
  }

  function body(title, text) {
    if (text === "") return [make("p", title + ": empty", "soft")];
    const pre = make("pre", text);
    try {
      pre.textContent = JSON.stringify(JSON.parse(text), null, 2);
    } catch {
      // Cut, or no JSON: as it is.
    }
    return [make("p", title, "soft"), pre];
  }

  $("filter").addEventListener("submit", (event) => event.preventDefault());
  for (const name of ["input", "change"]) {
    $("filter").addEventListener(name, () => {
      move("requests", { w: $("wanted").value, f: $("failed").checked ? "1" : "" });
      drawRequests(here().at);
    });
  }

  function drawQueue({ files, texts }) {
    const under = files.filter(({ status }) => status === "enqueued" || status === "processing").length;
    const waiting = under + texts.length;
    $("waiting").textContent = waiting > 0 ? String(waiting) : "";
    if ($("queue").hidden) return;
    $("noFiles").hidden = files.length > 0;
    $("noTexts").hidden = texts.length > 0;
    $("fileRows").replaceChildren(...files.map(fileRow));
    $("textRows").replaceChildren(...texts.map(({ collection, waiting: count }) => make("li", collection + ": " + number(count, "text"))));
  }

  function fileRow({ collection, filename, status, done, chunks, error }) {
    const row = make("tr");
    const what = make("td");
    what.append(link(filename, "documents", { c: collection }), make("small", collection));
    const state = make("td", status, status === "failed" ? "bad" : status === "completed" ? "good" : "soft");
    if (error) state.append(make("small", error));
    row.append(what, state, make("td", chunks > done ? done + " of " + chunks : String(done)));
    return row;
  }
`;
