/** The look of every page of the lab; follows the light or dark setting of the browser. */
export const style = `
:root {
  color-scheme: light dark;
  --ground: #f6f7f9; --card: #ffffff; --line: #e3e6eb; --ink: #16191f; --soft: #5c6472; --faint: #8b93a1;
  --accent: #3b5bdb; --good: #16854a; --warn: #a76200; --bad: #c9252d; --off: #9aa2b1;
  --good-wash: #e3f5ea; --warn-wash: #fdf0d9; --bad-wash: #fdeaea; --accent-wash: #e9edfd; --off-wash: #eef0f3;
}
@media (prefers-color-scheme: dark) {
  :root {
    --ground: #0e1116; --card: #161b22; --line: #272e38; --ink: #e8ebf0; --soft: #a2abb9; --faint: #747e8d;
    --accent: #8da2fb; --good: #4ccb85; --warn: #e5ac4d; --bad: #ff7b7b; --off: #69727f;
    --good-wash: #12301f; --warn-wash: #35270f; --bad-wash: #3c191b; --accent-wash: #1d2540; --off-wash: #20262f;
  }
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--ground); color: var(--ink); font: 15px/1.5 system-ui, sans-serif; font-variant-numeric: tabular-nums; }
a { color: var(--accent); text-decoration: none; }
a:hover { text-decoration: underline; }
h1, h2, h3, p { margin: 0; }
h2 { font-size: 13px; font-weight: 600; letter-spacing: .04em; color: var(--soft); text-transform: uppercase; }
code, .mono { font-family: ui-monospace, 'SF Mono', Menlo, Consolas, monospace; font-size: .87em; }
.page { max-width: 1240px; margin: 0 auto; padding: 20px 24px 48px; }
header { display: flex; align-items: center; gap: 14px; flex-wrap: wrap; margin-bottom: 22px; }
header h1 { font-size: 20px; letter-spacing: -.01em; display: flex; align-items: center; gap: 10px; }
header h1 a { color: inherit; }
header h1 svg { width: 26px; height: 26px; stroke: var(--accent); fill: none; stroke-width: 2; }
header .when { margin-left: auto; color: var(--faint); font-size: 13px; }
.pill { border-radius: 99px; padding: 2px 11px; font-size: 13px; font-weight: 600; white-space: nowrap; }
.good { color: var(--good); background: var(--good-wash); }
.warn { color: var(--warn); background: var(--warn-wash); }
.bad { color: var(--bad); background: var(--bad-wash); }
.off { color: var(--soft); background: var(--off-wash); }
.info { color: var(--accent); background: var(--accent-wash); }
section { margin-bottom: 26px; }
section > h2 { margin-bottom: 9px; display: flex; flex-wrap: wrap; align-items: baseline; gap: 10px; }
section > h2 small { text-transform: none; letter-spacing: 0; font-weight: 400; color: var(--faint); }
.card { background: var(--card); border: 1px solid var(--line); border-radius: 10px; }
.grid { display: grid; gap: 16px; }
.three { grid-template-columns: repeat(auto-fit, minmax(330px, 1fr)); }
.two { grid-template-columns: minmax(0, 1.45fr) minmax(0, 1fr); align-items: start; }
@media (max-width: 900px) { .two { grid-template-columns: minmax(0, 1fr); } }

.domain { padding: 15px 18px 17px; }
.domain h3 { font-size: 16px; display: flex; align-items: baseline; gap: 8px; margin-bottom: 13px; }
.domain h3 small { font-weight: 400; font-size: 13px; color: var(--faint); }
.domain h3 a { margin-left: auto; font-size: 13px; font-weight: 400; }
.numbers { display: grid; grid-template-columns: 1fr 1fr; gap: 15px 22px; }
.number dt { font-size: 12.5px; color: var(--soft); }
.number dd { margin: 0; font-size: 21px; font-weight: 600; letter-spacing: -.01em; line-height: 1.3; }
.number.warn, .number.bad { background: none; color: inherit; }
.number.bad dd { color: var(--bad); }
.number.warn dd { color: var(--warn); }
dl { margin: 0; }
.spark { display: block; width: 100%; height: 30px; margin-top: 3px; overflow: visible; }
.spark polyline { fill: none; stroke: var(--accent); stroke-width: 1.5; vector-effect: non-scaling-stroke; stroke-linejoin: round; }
.spark polygon { fill: var(--accent); opacity: .1; }
.number.bad .spark polyline { stroke: var(--bad); }
.number.bad .spark polygon { fill: var(--bad); }
.number.warn .spark polyline { stroke: var(--warn); }
.number.warn .spark polygon { fill: var(--warn); }

.row { display: grid; gap: 4px 14px; padding: 10px 18px; border-top: 1px solid var(--line); align-items: center; }
.row:first-child { border-top: 0; }
.alert { grid-template-columns: 78px minmax(0, 1fr) auto; }
.alert .pill { justify-self: start; }
.alert .name { font-weight: 600; }
.alert .what { color: var(--soft); }
.alert .more { display: flex; flex-wrap: wrap; gap: 0 14px; font-size: 13.5px; align-items: baseline; color: var(--faint); white-space: nowrap; }
.alert.pending { opacity: .75; }
@media (max-width: 760px) { .alert { grid-template-columns: 78px minmax(0, 1fr); } .alert .more { grid-column: 2; } }
.empty { padding: 14px 18px; color: var(--soft); }

.component { grid-template-columns: 10px 104px minmax(0, 1fr) auto 132px; padding: 7px 18px; font-size: 14px; }
.component .dot { width: 9px; height: 9px; border-radius: 50%; background: var(--off); }
.component.good, .component.warn, .component.bad, .component.off { background: none; color: inherit; }
.component.good .dot { background: var(--good); }
.component.warn .dot { background: var(--warn); }
.component.bad .dot { background: var(--bad); }
.component .name { font-weight: 600; }
.component .what { color: var(--soft); overflow-wrap: anywhere; }
.component.warn .what { color: var(--warn); }
.component.bad .what { color: var(--bad); }
.component .for { color: var(--faint); font-size: 13px; white-space: nowrap; text-align: right; }
@media (max-width: 620px) { .component { grid-template-columns: 10px minmax(0, 1fr) auto; } .component .what { grid-column: 2 / -1; order: 5; } .component .for { display: none; } }

.panel { padding: 14px 18px 16px; }
section > .panel + .panel { margin-top: 16px; }
.panel h3 { font-size: 15px; margin-bottom: 8px; display: flex; align-items: baseline; gap: 8px; }
.panel h3 small { font-weight: 400; font-size: 13px; margin-left: auto; }
.panel h3 small:not([class]) { color: var(--faint); }
.facts { display: grid; grid-template-columns: 1fr auto; gap: 3px 16px; font-size: 14px; }
.facts dt { color: var(--soft); }
.facts dd { margin: 0; text-align: right; }
progress { appearance: none; border: 0; width: 100%; height: 7px; display: block; margin: 8px 0 10px; border-radius: 99px; overflow: hidden; background: var(--off-wash); }
progress::-webkit-progress-bar { background: var(--off-wash); }
progress::-webkit-progress-value { background: var(--accent); }
progress::-moz-progress-bar { background: var(--accent); }
.hint { color: var(--soft); font-size: 13.5px; }

.tabs { display: inline-flex; flex-wrap: wrap; gap: 4px; text-transform: none; letter-spacing: 0; }
.tabs a { padding: 2px 10px; border-radius: 99px; font-size: 13px; font-weight: 500; color: var(--soft); }
.tabs a:hover { text-decoration: none; background: var(--off-wash); }
.tabs a[aria-current] { background: var(--accent-wash); color: var(--accent); }
.lines { padding: 7px 0; overflow-x: auto; }
.lines table { border-collapse: collapse; width: 100%; font: 12.5px/1.75 ui-monospace, 'SF Mono', Menlo, Consolas, monospace; }
.lines td { padding: 0 7px; white-space: nowrap; }
.lines td:first-child { padding-left: 18px; color: var(--faint); }
.lines td.path { width: 100%; max-width: 0; overflow: hidden; text-overflow: ellipsis; }
.lines td.right { text-align: right; color: var(--soft); }
.lines td:last-child { padding-right: 18px; }
.lines .soft { color: var(--soft); }
.lines b { font-weight: 600; }
.ink-good { color: var(--good); } .ink-warn { color: var(--warn); } .ink-bad { color: var(--bad); } .ink-info { color: var(--accent); } .ink-off { color: var(--faint); }

table.data { border-collapse: collapse; width: 100%; font-size: 13.5px; }
table.data th { text-align: right; font-weight: 500; color: var(--faint); padding: 3px 0 3px 10px; font-size: 12.5px; }
table.data td { text-align: right; white-space: nowrap; padding: 3px 0 3px 10px; border-top: 1px solid var(--line); }
table.data th:first-child, table.data td:first-child { text-align: left; padding-left: 0; }

.prose { padding: 24px 30px 28px; max-width: 860px; }
.prose h1 { font-size: 24px; margin-bottom: 12px; }
.prose h2 { font-size: 16px; text-transform: none; letter-spacing: 0; color: var(--ink); margin: 24px 0 8px; }
.prose p, .prose ul, .prose ol { margin: 0 0 12px; }
.prose pre, .query { background: var(--ground); border: 1px solid var(--line); border-radius: 8px; padding: 10px 14px; overflow-x: auto; margin: 8px 0; }
summary { cursor: pointer; color: var(--soft); font-size: 13.5px; margin-top: 8px; }
.prose table { border-collapse: collapse; margin-bottom: 12px; }
.prose th, .prose td { text-align: left; border-bottom: 1px solid var(--line); padding: 5px 18px 5px 0; }
.chosen { border-color: var(--accent); box-shadow: 0 0 0 2px var(--accent-wash); }
`
