import { CORE } from "./core.js";
import { DOCUMENTS } from "./documents.js";
import { REQUESTS } from "./requests.js";
import { SEARCH } from "./search.js";
import { TESTS } from "./tests.js";

/**
 * It asks what there is, and draws the view that the address names: of the emulator once a second while it can be seen,
 * of an account whenever somebody goes to another view.
 */
const MAIN = String.raw`
  let next = 0;
  let collections = [];
  let queue = { files: [], texts: [] };
  let timer;

  function locked(message) {
    $("state").textContent = message;
    $("unlock").hidden = false;
    $("main").hidden = true;
    $("key").focus();
  }

  // One after the other, so that no request is shown twice.
  let looking = Promise.resolve();
  function look() {
    return (looking = looking.then(lookOnce));
  }

  async function lookOnce() {
    clearTimeout(timer);
    if (key === "") return locked(isLive ? "The token is needed." : "The key is needed.");
    try {
      const found = await ask("view?since=" + next);
      keepRequests(found.requests, found.next < next);
      ({ next, collections, queue } = found);
      $("unlock").hidden = true;
      $("main").hidden = false;
      $("state").textContent = found.host ?? location.host;
      await draw();
    } catch (error) {
      if (error.isKey) return locked(isLive ? "This is not the token that was printed last." : "The emulator does not know this key.");
      $("state").textContent = error.isAnswer ? error.message : isLive ? "The command browse has ended." : "The emulator does not answer.";
    }
    if (!document.hidden && !isLive) timer = setTimeout(look, 1000);
  }

  async function draw() {
    const { view, at } = here();
    const collection = collections.find(({ id }) => id === at.c);
    if (!collection && collections.length > 0 && !OF_ALL.includes(view)) {
      move(view, { ...at, c: collections[0].id });
      return draw();
    }
    for (const name of VIEWS) $(name).hidden = name !== view || (!collection && !OF_ALL.includes(view));
    for (const tab of $("tabs").children) {
      const name = tab.dataset.view;
      tab.href = hashOf(name, OF_ALL.includes(name) ? {} : { c: at.c ?? collections[0]?.id });
      tab.toggleAttribute("aria-current", name === view);
    }
    drawCollections(view, at);
    if (view === "documents") await drawDocuments(at, collection);
    if (view === "search" && collection) {
      drawSearch(at, collections);
      drawAsked(at.c, kept);
    }
    if (view === "answer" && collection) await drawAnswer(at);
    if (view === "tests") await drawTests();
    if (view === "requests") drawRequests(at);
    drawQueue(queue);
  }

  function drawCollections(view, at) {
    const aim = view === "search" || view === "answer" ? view : "documents";
    const drawn = JSON.stringify([collections, at.c, aim, at.q]);
    if ($("collections").dataset.drawn === drawn) return;
    $("collections").dataset.drawn = drawn;
    const focused = document.activeElement?.dataset?.id;
    $("none").hidden = collections.length > 0;
    $("collections").replaceChildren(
      ...collections.map(({ id, name, items, files }) => {
        const row = make("li");
        const entry = link(name, aim, { c: id, ...(aim !== "documents" && { q: at.q }) });
        entry.dataset.id = id;
        entry.toggleAttribute("aria-current", id === at.c);
        entry.append(make("small", [id, ...(items === undefined ? [] : [number(items, "chunk")]), ...(files ? [number(files, "file")] : [])].join(" · ")));
        row.append(entry);
        return row;
      }),
    );
    if (focused) document.querySelector("#collections [data-id='" + CSS.escape(focused) + "']")?.focus();
  }

  $("unlock").addEventListener("submit", (event) => {
    event.preventDefault();
    key = $("key").value.trim();
    sessionStorage.setItem(KEY, key);
    $("key").value = "";
    void look();
  });
  document.querySelector(".skip").addEventListener("click", (event) => {
    event.preventDefault();
    $("view").focus();
  });
  document.addEventListener("visibilitychange", () => document.hidden || void look());
  addEventListener("hashchange", () => {
    takeKey();
    void look();
  });
  takeKey();
  void look();
`;

/** What the page does. All that comes from the API is put into it as text, never as markup. */
export const SCRIPT = `"use strict";\n(() => {${[CORE, DOCUMENTS, SEARCH, TESTS, REQUESTS, MAIN].join("\n")}})();\n`;
