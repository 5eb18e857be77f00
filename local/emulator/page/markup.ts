/** The page without its style and script; all that it shows of the API is put in by the script, as text. */
export const MARKUP = `
<header>
  <h1>Emulator <span>of the Vultr Serverless Inference API</span></h1>
  <p id="state" role="status">Connecting …</p>
</header>
<form id="unlock" hidden>
  <label for="key">Key</label>
  <input id="key" type="password" autocomplete="off" spellcheck="false" required>
  <button>Show</button>
  <p>The emulator printed it when it started. It stays in this tab.</p>
</form>
<main id="main" hidden>
  <nav aria-label="Collections">
    <h2>Collections</h2>
    <ul id="collections"></ul>
    <p id="none" hidden>None yet. Deploy a stack, and watch it arrive.</p>
  </nav>
  <section id="collection" aria-label="Collection" hidden>
    <form id="ask" role="search">
      <label for="query">Search</label>
      <input id="query" type="search" placeholder="What is to be found?" autocomplete="off" required>
      <button>Search</button>
    </form>
    <ol id="results" aria-live="polite"></ol>
    <div id="filesBox" hidden>
      <h2>Files</h2>
      <table>
        <thead><tr><th scope="col">File</th><th scope="col">State</th><th scope="col">Items</th></tr></thead>
        <tbody id="files"></tbody>
      </table>
    </div>
    <h2>Items <span id="count"></span></h2>
    <table>
      <thead><tr><th scope="col">Item</th><th scope="col">Managed by</th></tr></thead>
      <tbody id="items"></tbody>
    </table>
  </section>
  <section id="log" aria-label="Requests">
    <h2>Requests</h2>
    <ol id="requests"></ol>
  </section>
</main>
`;
