/** For wide and narrow windows, dark and light. */
export const STYLE = `
:root { color-scheme: light dark; --ink: #1d2430; --soft: #5d6878; --line: #d9dee6; --paper: #fff; --raised: #f5f7fa;
  --accent: #0a5fd6; --good: #17733b; --bad: #b3261e; --mark: #ffe9a8; }
@media (prefers-color-scheme: dark) {
  :root { --ink: #e7ebf1; --soft: #9aa6b6; --line: #323b48; --paper: #14181f; --raised: #1c222b;
    --accent: #7db2ff; --good: #6fd193; --bad: #ff8a80; --mark: #5c4a12; }
}
* { box-sizing: border-box; }
body { margin: 0; font: 15px/1.5 system-ui, sans-serif; color: var(--ink); background: var(--paper); }
[hidden], [data-kind=live] .emulator, [data-kind=emulator] .live { display: none !important; }
.skip { position: absolute; left: -99rem; } .skip:focus { left: 1rem; top: .5rem; background: var(--paper); z-index: 1; }
header { display: flex; flex-wrap: wrap; gap: .3rem 1.5rem; align-items: center; padding: .6rem 1.2rem;
  border-bottom: 1px solid var(--line); }
h1 { font-size: 1.05rem; margin: 0; } h1 span { font-weight: 400; color: var(--soft); }
h2 { font-size: .95rem; margin: 1.4rem 0 .5rem; } #side h2 { margin-top: 0; }
header p { margin: 0 0 0 auto; color: var(--soft); font-size: .85rem; }
a { color: var(--accent); }
#tabs { display: flex; flex-wrap: wrap; gap: .2rem; }
#tabs a { padding: .3rem .7rem; border-radius: .4rem; text-decoration: none; color: inherit; }
#tabs a[aria-current] { background: var(--accent); color: var(--paper); }
#waiting:not(:empty) { background: var(--bad); color: var(--paper); border-radius: 1rem; padding: 0 .5rem; font-size: .8rem; }
#unlock { padding: 1.2rem; max-width: 34rem; } #unlock p { color: var(--soft); }
main { display: grid; grid-template-columns: minmax(11rem, 16rem) minmax(0, 1fr); }
main > * { padding: 1.2rem; min-width: 0; } #side { border-right: 1px solid var(--line); min-height: calc(100vh - 3.3rem); }
#view:focus { outline: 0; }
ul, ol { list-style: none; margin: 0; padding: 0; }
#collections a { display: block; border: 1px solid transparent; color: inherit; padding: .45rem .6rem; border-radius: .4rem;
  overflow-wrap: anywhere; text-decoration: none; }
#collections a[aria-current] { background: var(--raised); border-color: var(--line); }
small, .soft { color: var(--soft); } small { display: block; font-size: .82rem; }
button, input, select { font: inherit; } button { cursor: pointer; }
button { background: var(--accent); color: var(--paper); border: 0; border-radius: .4rem; padding: .45rem .9rem; }
::file-selector-button { font: inherit; padding: .3rem .7rem; border: 1px solid var(--line); border-radius: .4rem;
  background: var(--raised); color: inherit; cursor: pointer; }
button.plain { background: none; color: var(--accent); padding: 0; text-decoration: underline; }
input[type=search], input[type=password], select { flex: 1; min-width: 8rem; padding: .45rem .6rem; border: 1px solid var(--line);
  border-radius: .4rem; background: var(--paper); color: inherit; }
form { display: flex; flex-wrap: wrap; gap: .5rem; align-items: center; } form p { flex-basis: 100%; margin: 0; }
form label { font-weight: 600; }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
#drop { border: 2px dashed var(--line); border-radius: .5rem; padding: .8rem; margin-bottom: 1rem; }
#drop.over { border-color: var(--accent); background: var(--raised); } #drop p { margin: 0; } #drop label { display: block; }
#panes { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(20rem, 100%), 1fr)); gap: 1.2rem; }
.pane select { flex: 0 1 11rem; }
.hit, .chunk { padding: .6rem .8rem; margin: .5rem 0; background: var(--raised); border-radius: .4rem; }
.hit > p, .chunk > p, #answered > p { margin: .3rem 0 0; white-space: pre-wrap; overflow-wrap: anywhere; }
.hit > div, .chunk > div { display: flex; flex-wrap: wrap; gap: 0 .8rem; align-items: baseline; color: var(--soft); font-size: .85rem; }
.rank { color: var(--accent); font-weight: 600; } .meter { flex: 0 0 5rem; height: .4rem; border-radius: 1rem; background: var(--line); overflow: hidden; }
.meter i { display: block; height: 100%; background: var(--accent); }
mark { background: var(--mark); color: inherit; border-radius: .2rem; padding: 0 .1rem; }
table { width: 100%; border-collapse: collapse; table-layout: fixed; }
th { text-align: left; font-size: .82rem; font-weight: 500; color: var(--soft); }
th, td { padding: .4rem .5rem .4rem 0; border-bottom: 1px solid var(--line); vertical-align: top; overflow-wrap: anywhere; }
th:nth-child(2), td:nth-child(2) { width: 7rem; } th:nth-child(3), td:nth-child(3) { width: 10rem; }
#requestRows, pre { font: .82rem/1.55 ui-monospace, monospace; }
#requestRows li { border-bottom: 1px solid var(--line); } summary { overflow-wrap: anywhere; cursor: pointer; padding: .15rem 0; }
pre { white-space: pre-wrap; overflow-wrap: anywhere; background: var(--raised); padding: .6rem; border-radius: .4rem; margin: .2rem 0 .6rem;
  max-height: 24rem; overflow: auto; }
#tests table { margin-top: .4rem; }
.good { color: var(--good); } .bad { color: var(--bad); }
@media (max-width: 50rem) {
  main { grid-template-columns: minmax(0, 1fr); } #side { border-right: 0; border-bottom: 1px solid var(--line); min-height: 0; }
  #collections { display: flex; gap: .4rem; overflow-x: auto; }
  h1 span { display: none; } header { padding: .6rem .8rem; } main > * { padding: .8rem; }
  #tabs { order: 1; flex-basis: 100%; justify-content: space-between; font-size: .85rem; gap: 0; } #tabs a { padding: .3rem; }
  th:nth-child(2), td:nth-child(2) { width: 5.5rem; } th:nth-child(3), td:nth-child(3) { width: 6.5rem; }
}
`;
