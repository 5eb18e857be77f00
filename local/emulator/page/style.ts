/** For wide and narrow windows, dark and light. */
export const STYLE = `
:root { color-scheme: light dark; --ink: #1d2430; --soft: #5d6878; --line: #d9dee6; --paper: #fff; --raised: #f5f7fa; --accent: #0a5fd6; --good: #17733b; --bad: #b3261e; }
@media (prefers-color-scheme: dark) {
  :root { --ink: #e7ebf1; --soft: #9aa6b6; --line: #323b48; --paper: #14181f; --raised: #1c222b; --accent: #7db2ff; --good: #6fd193; --bad: #ff8a80; }
}
* { box-sizing: border-box; }
body { margin: 0; font: 15px/1.5 system-ui, sans-serif; color: var(--ink); background: var(--paper); }
header { display: flex; flex-wrap: wrap; gap: 0 1.5rem; align-items: baseline; justify-content: space-between; padding: .7rem 1.2rem; border-bottom: 1px solid var(--line); }
h1 { font-size: 1.05rem; margin: 0; } h1 span, #count { font-weight: 400; color: var(--soft); }
h2 { font-size: .95rem; margin: 1.4rem 0 .5rem; }
nav h2, #log h2 { margin-top: 0; }
header p { margin: 0; color: var(--soft); font-size: .85rem; }
#unlock { padding: 1.2rem; max-width: 34rem; } #unlock p { color: var(--soft); }
main { display: grid; grid-template-columns: minmax(11rem, 15rem) minmax(0, 1fr) minmax(15rem, 24rem); }
main[hidden], [hidden] { display: none; }
main > * { padding: 1.2rem; min-width: 0; } main > * + * { border-left: 1px solid var(--line); }
ul, ol { list-style: none; margin: 0; padding: 0; }
nav button { width: 100%; text-align: left; background: none; border: 1px solid transparent; color: inherit; padding: .45rem .6rem; border-radius: .4rem; overflow-wrap: anywhere; }
nav button[aria-current=true] { background: var(--raised); border-color: var(--line); }
nav small, .where, td small { display: block; color: var(--soft); font-size: .82rem; }
button, input { font: inherit; } button { cursor: pointer; }
form button { background: var(--accent); color: var(--paper); border: 0; border-radius: .4rem; padding: .45rem .9rem; }
input { flex: 1; min-width: 0; padding: .45rem .6rem; border: 1px solid var(--line); border-radius: .4rem; background: var(--paper); color: inherit; }
form { display: flex; flex-wrap: wrap; gap: .5rem; align-items: center; } form p { flex-basis: 100%; margin: 0; }
form label { font-weight: 600; }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
#results { counter-reset: rank; } #results:not(:empty) { margin-top: .8rem; }
#results li { counter-increment: rank; position: relative; padding: .6rem .8rem .6rem 2.4rem; margin-bottom: .5rem; background: var(--raised); border-radius: .4rem; white-space: pre-wrap; overflow-wrap: anywhere; }
#results li::before { content: counter(rank); position: absolute; left: .9rem; color: var(--accent); font-weight: 600; }
#results li.said { padding-left: .8rem; color: var(--soft); } #results li.said::before { content: none; }
table { width: 100%; border-collapse: collapse; table-layout: fixed; }
th { text-align: left; font-size: .82rem; font-weight: 500; color: var(--soft); } th, td { padding: .4rem .5rem .4rem 0; border-bottom: 1px solid var(--line); vertical-align: top; overflow-wrap: anywhere; }
th:last-child, td:last-child { width: 32%; }
td small { display: -webkit-box; -webkit-line-clamp: 2; -webkit-box-orient: vertical; overflow: hidden; }
code, #requests { font: .82rem/1.55 ui-monospace, monospace; }
#requests { max-height: 75vh; overflow: auto; } #requests li { overflow-wrap: anywhere; } #requests time { color: var(--soft); }
.good { color: var(--good); } .bad { color: var(--bad); } .soft { color: var(--soft); }
@media (max-width: 60rem) {
  main { grid-template-columns: minmax(0, 1fr); } main > * + * { border-left: 0; border-top: 1px solid var(--line); }
  #requests { max-height: 20rem; }
}
`;
