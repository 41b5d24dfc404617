/** The page's own style: no request leaves the file. */
export const STYLE = `
:root{color-scheme:light dark;--ink:#1c2024;--soft:#5b6470;--faint:#8a929c;--paper:#fcfcfa;--card:#fff;--line:#dfe2e5;--grid:#eceef0;--main:#1a5ea8;--control:#a8510a;--dot:#9aa3ad;--del:#fbe9e7;--ins:#e4f2e7;--warn:#9b1c1c}
@media (prefers-color-scheme:dark){:root{--ink:#e6e8ea;--soft:#a4adb8;--faint:#7f8893;--paper:#14171a;--card:#1a1e22;--line:#30363d;--grid:#252a30;--main:#74b0f4;--control:#eba05c;--dot:#8b95a1;--del:#3d2323;--ins:#1d3526;--warn:#ff9a90}}
*{box-sizing:border-box}
body{margin:0;background:var(--paper);color:var(--ink);font:14px/1.45 system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue","Liberation Sans",Arial,sans-serif;font-variant-numeric:tabular-nums}
main{max-width:1220px;margin:0 auto;padding:22px 24px 40px}
header{border-bottom:2px solid var(--ink);padding-bottom:14px;margin-bottom:16px}
.kicker{display:flex;flex-wrap:wrap;gap:4px 18px;color:var(--soft);font-size:12.5px;margin:0 0 8px}
.kicker b{color:var(--ink);font-weight:600}
h1{font:600 23px/1.3 "Iowan Old Style",Charter,"Palatino Linotype",Georgia,"Liberation Serif",serif;margin:0;max-width:60em;text-wrap:pretty}
.under{margin:8px 0 0;color:var(--soft);max-width:85em}
.warning{margin:12px 0 0;border-left:4px solid var(--warn);padding:6px 12px;color:var(--warn);font-weight:600}
.figures{display:grid;grid-template-columns:minmax(0,1.75fr) minmax(0,1fr);gap:22px;margin:0 0 16px}
figure{margin:0}
.figures.alone figure{display:grid;grid-template-columns:subgrid;grid-column:1/-1;align-items:end}
figcaption{font-size:12px;color:var(--soft);margin-top:2px;text-wrap:pretty}
svg{display:block;width:100%;height:auto;font:11px system-ui,-apple-system,"Segoe UI",Roboto,"Liberation Sans",Arial,sans-serif;font-variant-numeric:tabular-nums}
svg text{fill:var(--soft)}
.grid{stroke:var(--grid);fill:none}
.zero{stroke:var(--soft);fill:none}
.dots{stroke:var(--dot);stroke-width:3;stroke-linecap:round;fill:none;opacity:.55}
.origin{stroke:var(--soft);stroke-dasharray:5 4}
.steps{fill:none;stroke-width:2.2}
.steps.main,.bar{stroke:var(--main)}
.bar{fill:none;stroke-width:1.3}
.steps.sister{stroke:var(--main);stroke-width:1;opacity:.45}
.steps.control{stroke:var(--control);stroke-width:1.8}
.matched{fill:none;stroke:var(--soft);stroke-dasharray:2 3}
circle.main{fill:var(--main);stroke:var(--paper);stroke-width:1}
svg .label{font-weight:600;paint-order:stroke;stroke:var(--paper);stroke-width:4px;stroke-linejoin:round}
svg .label.main{fill:var(--main)}svg .label.control{fill:var(--control)}svg .label.origin{stroke-dasharray:none}
.interval path{stroke-width:2;fill:none}
.interval.main path{stroke:var(--main)}.interval.main circle{fill:var(--main)}
.interval.control path{stroke:var(--control)}.interval.control circle{fill:var(--control)}
.interval.past path{stroke:var(--faint)}.interval.past circle{fill:var(--faint)}
.interval text{fill:var(--ink)}
.interval .value{font-weight:600}
.answers{display:grid;grid-template-columns:repeat(3,minmax(0,1fr));gap:0 24px;list-style:none;margin:0;padding:0}
.answer{border-top:1px solid var(--line);padding:10px 0 12px;min-width:0}
.answer.wide{grid-column:1/-1}
h2{font-size:13px;font-weight:600;color:var(--soft);margin:0 0 4px;display:flex;gap:7px}
h2 .number{color:var(--main);min-width:1.1em}
.lead{margin:0 0 6px;font-weight:600;text-wrap:pretty;overflow-wrap:anywhere}
dl{display:grid;grid-template-columns:auto minmax(0,1fr);gap:1px 10px;margin:0;font-size:12.5px}
dt{color:var(--soft);max-width:11em}dd{margin:0;overflow-wrap:anywhere}
details{margin-top:6px;font-size:12.5px}
summary{cursor:pointer;color:var(--main)}
summary:focus-visible{outline:2px solid var(--main);outline-offset:2px}
.answer:has(details[open]){grid-column:1/-1}
.scroll{overflow-x:auto}
table{border-collapse:collapse;font-size:12.5px;margin:6px 0 10px}
th,td{text-align:left;padding:2px 14px 2px 0;vertical-align:top;border-bottom:1px solid var(--grid)}
th{color:var(--soft);font-weight:600;white-space:nowrap}
.change{display:grid;grid-template-columns:repeat(2,minmax(0,1fr));gap:14px}
pre{margin:4px 0 0;padding:8px 10px;background:var(--card);border:1px solid var(--line);overflow-x:auto;font:12px/1.5 ui-monospace,"SF Mono",Menlo,"Liberation Mono",monospace;tab-size:2}
pre .line{display:block;min-height:1.5em}
pre .line::before{content:" ";display:inline-block;width:1.4em;color:var(--soft)}
pre .removed{background:var(--del)}pre .removed::before{content:"−"}
pre .added{background:var(--ins)}pre .added::before{content:"+"}
pre.patch{margin-bottom:14px}pre.patch .line::before{content:none}pre .head,pre .hunk{color:var(--soft)}
.fact{text-decoration:underline dotted transparent;text-underline-offset:3px}
.fact:hover{text-decoration-color:var(--main)}
footer{margin-top:14px;border-top:1px solid var(--line);padding-top:8px;color:var(--soft);font-size:12.5px}
.comparisons{max-width:480px}
@media (max-width:980px){.figures{grid-template-columns:minmax(0,1fr)}.answers{grid-template-columns:repeat(2,minmax(0,1fr))}}
@media (max-width:640px){.figures.alone figure{display:block}svg{overflow:visible}.course{font-size:14px}.answers,.change{grid-template-columns:minmax(0,1fr)}main{padding:14px}}
@media print{:root{color-scheme:light}body{font-size:10.5px;background:#fff}main{padding:0;max-width:none}.answer{break-inside:avoid}h1{font-size:17px}details:not(.all)::details-content{content-visibility:visible;display:block;height:auto}.all{display:none}}
`;
