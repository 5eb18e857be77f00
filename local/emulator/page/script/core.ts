/** What all views use: elements, the key, requests to the emulator, and where one is, which stands in the address. */
export const CORE = String.raw`
  const $ = (id) => document.getElementById(id);
  const KEY = "emulator-key";
  /** An account that is only looked at, in place of the emulator. */
  const isLive = document.documentElement.dataset.kind === "live";
  let key = sessionStorage.getItem(KEY) ?? "";

  /** The key comes with the address's fragment, which no server sees, and stays in the tab. */
  function takeKey() {
    const given = /^#key=([^&]+)$/.exec(location.hash);
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

  function link(text, view, where) {
    const element = make("a", text);
    element.href = hashOf(view, where);
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
    const isKey = response.status === 401 || (response.status === 422 && /key/i.test(answer.message));
    if (!response.ok) throw Object.assign(new Error(answer.message), { isKey, isAnswer: true });
    return answer;
  }

  const VIEWS = ["documents", "search", ...(isLive ? ["tests"] : ["answer", "requests", "queue"])];
  /** Those of all collections. */
  const OF_ALL = ["tests", "requests", "queue"];

  /** Where one is: a view, and what it shows. */
  function here() {
    const [, view = "", query = ""] = /^#\/(\w*)\??(.*)$/.exec(location.hash) ?? [];
    return { view: VIEWS.includes(view) ? view : "documents", at: Object.fromEntries(new URLSearchParams(query)) };
  }

  function hashOf(view, at) {
    const given = Object.entries(at).filter(([, value]) => value !== undefined && value !== "");
    return "#/" + view + (given.length > 0 ? "?" + new URLSearchParams(given) : "");
  }

  /** Goes there without a step in the history, for what changes while somebody types. */
  function move(view, at) {
    history.replaceState(null, "", hashOf(view, at));
  }

  /** A text in which some stretches are marked. */
  function marked(text, marks) {
    const paragraph = make("p");
    let from = 0;
    for (const [start, end] of marks) {
      paragraph.append(text.slice(from, start), make("mark", text.slice(start, end)));
      from = end;
    }
    paragraph.append(text.slice(from));
    return paragraph;
  }
`;
