/**
 * The page without its style and script; all that it shows of the API is put in by the script, as text. What bears the
 * class of one kind of page is not shown in the other.
 */
export const MARKUP = `
<a class="skip" href="#view">To the content</a>
<header>
  <h1 class="emulator">Emulator <span>of the Vultr Serverless Inference API</span></h1>
  <h1 class="live">Account <span>of Vultr Serverless Inference, read-only</span></h1>
  <nav id="tabs" aria-label="Views">
    <a data-view="documents">Documents</a>
    <a data-view="search">Search</a>
    <a data-view="tests" class="live">Tests</a>
    <a data-view="answer" class="emulator">Answer</a>
    <a data-view="requests" class="emulator">Requests</a>
    <a data-view="queue" class="emulator">Queue <span id="waiting"></span></a>
  </nav>
  <p id="state" role="status">Connecting …</p>
</header>
<form id="unlock" hidden>
  <label for="key"><span class="emulator">Key</span><span class="live">Token</span></label>
  <input id="key" type="password" autocomplete="off" spellcheck="false" required>
  <button>Show</button>
  <p class="emulator">The emulator printed it when it started. It stays in this tab.</p>
  <p class="live">It stands at the end of the address that was printed. It is not the API key, which this page never gets.</p>
</form>
<main id="main" hidden>
  <nav id="side" aria-label="Collections">
    <h2>Collections</h2>
    <ul id="collections"></ul>
    <p id="none" hidden>None yet. <span class="emulator">Deploy a stack, and watch it arrive.</span></p>
  </nav>
  <section id="view" tabindex="-1">
    <div id="documents" hidden>
      <p id="path" class="soft"></p>
      <div id="drop" class="emulator">
        <label for="upload">Drop files here, or choose some, to add them to this collection</label>
        <input id="upload" type="file" multiple>
        <p id="uploaded" role="status"></p>
      </div>
      <table id="documentsTable">
        <thead><tr><th scope="col">Document</th><th scope="col">Chunks</th><th scope="col">Managed by</th></tr></thead>
        <tbody id="documentRows"></tbody>
      </table>
      <p id="cut" class="soft" hidden></p>
      <ol id="chunks"></ol>
    </div>
    <div id="search" hidden>
      <p class="live soft">A search costs the tokens of its question.</p>
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
    <div id="tests" hidden></div>
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
