/** The page without its style and script; all that it shows of the API is put in by the script, as text. */
export const MARKUP = `
<a class="skip" href="#view">To the content</a>
<header>
  <h1>Emulator <span>of the Vultr Serverless Inference API</span></h1>
  <nav id="tabs" aria-label="Views">
    <a data-view="documents">Documents</a>
    <a data-view="search">Search</a>
    <a data-view="answer">Answer</a>
    <a data-view="requests">Requests</a>
    <a data-view="queue">Queue <span id="waiting"></span></a>
  </nav>
  <p id="state" role="status">Connecting …</p>
</header>
<form id="unlock" hidden>
  <label for="key">Key</label>
  <input id="key" type="password" autocomplete="off" spellcheck="false" required>
  <button>Show</button>
  <p>The emulator printed it when it started. It stays in this tab.</p>
</form>
<main id="main" hidden>
  <nav id="side" aria-label="Collections">
    <h2>Collections</h2>
    <ul id="collections"></ul>
    <p id="none" hidden>None yet. Deploy a stack, and watch it arrive.</p>
  </nav>
  <section id="view" tabindex="-1">
    <div id="documents" hidden>
      <p id="path" class="soft"></p>
      <div id="drop">
        <label for="upload">Drop files here, or choose some, to add them to this collection</label>
        <input id="upload" type="file" multiple>
        <p id="uploaded" role="status"></p>
      </div>
      <table id="documentsTable">
        <thead><tr><th scope="col">Document</th><th scope="col">Chunks</th><th scope="col">Managed by</th></tr></thead>
        <tbody id="documentRows"></tbody>
      </table>
      <ol id="chunks"></ol>
    </div>
    <div id="search" hidden>
      <div id="panes"></div>
      <p><button id="beside" type="button" class="plain">Compare with another question or collection</button></p>
      <h2 id="askedTitle" hidden>Asked by clients</h2>
      <ol id="asked"></ol>
    </div>
    <div id="answer" hidden>
      <form id="question">
        <label for="asking">Question</label>
        <input id="asking" type="search" autocomplete="off" required>
        <button>Answer</button>
      </form>
      <div id="answered" aria-live="polite"></div>
    </div>
    <div id="requests" hidden>
      <form id="filter">
        <label for="wanted">Filter</label>
        <input id="wanted" type="search" autocomplete="off" placeholder="Operation, path, status or text of a body">
        <label><input id="failed" type="checkbox"> failed only</label>
      </form>
      <p id="counted" class="soft" role="status"></p>
      <ol id="requestRows"></ol>
    </div>
    <div id="queue" hidden>
      <h2>Files</h2>
      <table>
        <thead><tr><th scope="col">File</th><th scope="col">State</th><th scope="col">Chunks</th></tr></thead>
        <tbody id="fileRows"></tbody>
      </table>
      <p id="noFiles" class="soft">No file was uploaded.</p>
      <h2>Texts that wait for their vectors</h2>
      <ul id="textRows"></ul>
      <p id="noTexts" class="soft">None.</p>
    </div>
  </section>
</main>
`;
