/** A collection's documents, the chunks of one, and adding files. */
export const DOCUMENTS = String.raw`
  let documentsDrawn = "";

  async function drawDocuments({ c, d, k, o, i }, collection) {
    const drawn = JSON.stringify([c, d, k, o, i, collection?.version]);
    if (!collection || drawn === documentsDrawn) return;
    documentsDrawn = drawn;
    const isOpen = d !== undefined;
    $("documentsTable").hidden = isOpen;
    $("chunks").hidden = !isOpen;
    $("drop").hidden = isOpen;
    $("path").replaceChildren(link(collection.name, "documents", { c }), ...(isOpen ? [" › " + d] : []));
    $("cut").hidden = true;
    if (isOpen) {
      const { chunks, of = chunks.length } = await ask("chunks?" + new URLSearchParams({ collection: c, name: d, kind: k ?? "", owner: o ?? "" }));
      $("cut").hidden = of === chunks.length;
      $("cut").textContent = "The first " + chunks.length + " of " + number(of, "chunk") + ".";
      $("chunks").replaceChildren(...chunks.map((chunk) => chunkRow(c, chunk)));
      document.getElementById("chunk-" + i)?.scrollIntoView({ block: "center" });
    } else {
      const { documents } = await ask("documents?" + new URLSearchParams({ collection: c }));
      $("path").append(" · " + number(documents.reduce((sum, { chunks }) => sum + chunks, 0), "chunk"));
      $("documentRows").replaceChildren(...documents.map((found) => documentRow(c, found)));
    }
  }

  function documentRow(c, { name, kind, owner, chunks }) {
    const row = make("tr");
    const what = make("td");
    what.append(link(name, "documents", { c, d: name, k: kind, o: owner }));
    const by = make("td", kind, kind === "nobody" ? "soft" : "");
    if (owner && kind !== "file") by.append(make("small", owner));
    row.append(what, make("td", String(chunks)), by);
    return row;
  }

  function chunkRow(c, { id, title, content, tokens, created }) {
    const row = make("li", undefined, "chunk");
    row.id = "chunk-" + id;
    const head = make("div");
    head.append(...(title && !content.startsWith(title) ? [make("strong", title)] : []), make("span", number(tokens, "token")), make("span", new Date(created).toLocaleString()));
    head.append(link(id, "documents", { ...here().at, i: id }));
    row.append(head, marked(content, []));
    return row;
  }

  async function addFiles(files) {
    const { c } = here().at;
    for (const file of files) {
      $("uploaded").textContent = "Adding " + file.name + " …";
      const form = new FormData();
      form.append("file", file);
      const response = await fetch("/v1/vector_store/" + encodeURIComponent(c) + "/files", { method: "POST", headers: { authorization: "Bearer " + key }, body: form });
      const answer = await response.json();
      $("uploaded").textContent = response.ok ? file.name + " is in the queue." : file.name + ": " + answer.message;
      if (!response.ok) return;
    }
    $("upload").value = "";
    void look();
  }

  $("upload").addEventListener("change", () => void addFiles($("upload").files));
  for (const [name, isOver] of [["dragover", true], ["dragleave", false], ["drop", false]]) {
    $("drop").addEventListener(name, (event) => {
      event.preventDefault();
      $("drop").classList.toggle("over", isOver);
      if (name === "drop") void addFiles(event.dataTransfer.files);
    });
  }
`;
