/**
 * What the page does: it asks once a second what there is, while it can be seen, and writes it as text. The key comes with
 * the address's fragment, which no server sees, and stays in the tab.
 */
export const SCRIPT = String.raw`
"use strict";
(() => {
  const $ = (id) => document.getElementById(id);
  const KEY = "emulator-key";
  let key = sessionStorage.getItem(KEY) ?? "";
  let chosen = "";
  let next = 0;
  let drawn = "";
  let timer;

  function takeKey() {
    const given = /^#key=(.+)$/.exec(location.hash);
    if (!given) return;
    key = decodeURIComponent(given[1]);
    sessionStorage.setItem(KEY, key);
    history.replaceState(null, "", location.pathname);
  }

  function make(tag, text, className) {
    const element = document.createElement(tag);
    if (text !== undefined) element.textContent = text;
    if (className) element.className = className;
    return element;
  }

  const number = (count, noun) => count + " " + noun + (count === 1 ? "" : "s");

  async function ask(path, body) {
    const response = await fetch("/_emulator/" + path, {
      method: body ? "POST" : "GET",
      headers: { authorization: "Bearer " + key, ...(body && { "content-type": "application/json" }) },
      ...(body && { body: JSON.stringify(body) }),
    });
    const answer = await response.json();
    if (!response.ok) throw Object.assign(new Error(answer.message), { isKey: response.status === 401 || response.status === 422 && /key/i.test(answer.message) });
    return answer;
  }

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
    if (key === "") return locked("The key is needed.");
    try {
      draw(await ask("view?since=" + next + "&collection=" + encodeURIComponent(chosen)));
      $("unlock").hidden = true;
      $("main").hidden = false;
    } catch (error) {
      if (error.isKey) return locked("The emulator does not know this key.");
      $("state").textContent = "The emulator does not answer.";
    }
    if (!document.hidden) timer = setTimeout(look, 1000);
  }

  function draw({ collections, shown, requests, next: following }) {
    $("state").textContent = location.host;
    if (following < next) $("requests").replaceChildren();
    next = following;
    for (const entry of requests) $("requests").prepend(requestRow(entry));
    while ($("requests").childElementCount > 300) $("requests").lastChild.remove();
    const found = JSON.stringify([collections, shown]);
    if (found === drawn) return;
    drawn = found;
    $("none").hidden = collections.length > 0;
    const focused = document.activeElement?.dataset?.id;
    $("collections").replaceChildren(...collections.map(collectionRow));
    if (focused) document.querySelector("nav [data-id='" + CSS.escape(focused) + "']")?.focus();
    if (!collections.some(({ id }) => id === chosen)) {
      chosen = collections[0]?.id ?? "";
      $("results").replaceChildren();
      if (chosen) void look();
    }
    $("collection").hidden = !shown;
    if (!shown) return;
    const total = collections.find(({ id }) => id === shown.id).items;
    $("count").textContent = shown.items.length < total ? total + ", of which the newest " + shown.items.length : total;
    $("filesBox").hidden = shown.files.length === 0;
    $("files").replaceChildren(...shown.files.map(fileRow));
    $("items").replaceChildren(...shown.items.map((item) => itemRow(item, shown.files)));
  }

  function collectionRow({ id, name, items, files }) {
    const button = make("button", name);
    button.type = "button";
    button.dataset.id = id;
    button.setAttribute("aria-current", String(id === chosen));
    button.append(make("small", [id, number(items, "item"), ...(files ? [number(files, "file")] : [])].join(" · ")));
    button.addEventListener("click", () => {
      chosen = id;
      drawn = "";
      $("results").replaceChildren();
      void look();
    });
    const row = make("li");
    row.append(button);
    return row;
  }

  function itemRow({ title, beginning, kind, owner }, files) {
    const row = make("tr");
    const what = make("td", title || beginning.slice(0, 80));
    what.append(make("small", beginning));
    const by = make("td");
    if (kind === "nobody") by.append(make("span", "nobody", "soft"));
    else if (kind === "file") by.append(make("span", "file"), make("small", files.find(({ id }) => id === owner)?.filename ?? owner));
    else by.append(make("span", kind), make("small", owner));
    row.append(what, by);
    return row;
  }

  function fileRow({ filename, status, items, error }) {
    const row = make("tr");
    const state = make("td", status, status === "failed" ? "bad" : status === "completed" ? "good" : "soft");
    if (error) state.append(make("small", error));
    row.append(make("td", filename), state, make("td", String(items)));
    return row;
  }

  function requestRow({ at, method, path, status }) {
    const row = make("li");
    const time = make("time", new Date(at).toTimeString().slice(0, 8));
    row.append(time, " ", make("span", status === null ? "reset" : String(status), status !== null && status < 400 ? "good" : "bad"), " " + method + " " + path);
    return row;
  }

  $("unlock").addEventListener("submit", (event) => {
    event.preventDefault();
    key = $("key").value.trim();
    sessionStorage.setItem(KEY, key);
    $("key").value = "";
    void look();
  });

  $("ask").addEventListener("submit", async (event) => {
    event.preventDefault();
    try {
      const { results } = await ask("search", { collection: chosen, input: $("query").value });
      const rows = results.map(({ title, content }) => {
        const row = make("li", content);
        if (title) row.prepend(make("span", title, "where"));
        return row;
      });
      $("results").replaceChildren(...(rows.length > 0 ? rows : [make("li", "Nothing is in this collection.", "said")]));
    } catch (error) {
      $("results").replaceChildren(make("li", error.message, "said"));
    }
  });

  document.addEventListener("visibilitychange", () => document.hidden || void look());
  addEventListener("hashchange", () => {
    takeKey();
    void look();
  });
  takeKey();
  void look();
})();
`;
