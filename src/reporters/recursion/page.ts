/** `recursion.html`: one file without a script or a request. */
import type { Learned } from '../../improver/recursion/readings.ts';
import type { RecursionReport } from '../../improver/recursion/report.ts';
import type { Share } from '../../improver/recursion/summary.ts';
import { escapeHtml } from '../page/escape-html.ts';
import { STYLE } from '../page/style.ts';
import { countText } from '../report/number-text.ts';
import { curves } from './curves.ts';

const OWN_STYLE = `
.steps.other{stroke:var(--faint);stroke-width:1.3}
.band{stroke:none;fill:var(--faint);opacity:.1}.band.main{fill:var(--main);opacity:.16}.band.control{fill:var(--control);opacity:.16}
circle.control{fill:var(--control)}circle.other{fill:var(--faint)}
svg .label.other{fill:var(--soft);font-weight:400}
section{margin-top:18px}h2{font-size:15px;color:var(--ink)}code{overflow-wrap:anywhere}
`;

export function recursionPage(report: RecursionReport): string {
  const { budgetText, seeds, shown } = report;
  const kicker = `${seeds.length} seeds · ${budgetText} for all tasks together in a generation`;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>A solver made of its own solutions</title>
<style>${STYLE}${OWN_STYLE}</style>
</head>
<body>
<main>
<header><p class="kicker"><b>Paceline</b><span>${escapeHtml(kicker)}</span></p>
<h1>${escapeHtml(shown[0] ?? '')}</h1>
<p class="under">${escapeHtml(shown.slice(1).join(' '))}</p></header>
${curveSection(report)}
${linesSection(report)}
${statementSection(report)}
${librarySection(report)}
${exampleSection(report)}
${textSection(report)}
${everydaySection(report)}
${listSection('What is not shown', report.notShown)}
${costFooter(report)}
</main>
</body>
</html>
`;
}

const cell = (text: string): string => `<td>${escapeHtml(text)}</td>`;
const shareText = ({ mean, interval: [low, high] }: Share): string =>
  `${mean.toFixed(1)} [${low.toFixed(1)}, ${high.toFixed(1)}]`;

function tableOf(heads: readonly string[], rows: readonly (readonly string[])[]): string {
  const head = heads.map((text) => `<th scope="col">${escapeHtml(text)}</th>`).join('');
  const body = rows.map((row) => `<tr>${row.map(cell).join('')}</tr>`).join('');
  return `<div class="scroll"><table><thead><tr>${head}</tr></thead><tbody>${body}</tbody></table></div>`;
}

function curveSection(report: RecursionReport): string {
  return `<section><figure>${curves(report, 'held')}<figcaption>Means over seeds; bands: 95 % percentile bootstrap over seeds. Every point had the same budget, except longer, which had the total of all generations. The oracle is the ceiling.</figcaption></figure></section>`;
}

function linesSection({ lines }: RecursionReport): string {
  const rows = lines.map(({ line, what, held }) => {
    const end = held.at(-1);
    return [line, what, end ? shareText(end) : ''];
  });
  return `<section><h2>Lines</h2>${tableOf(['line', 'what it is', 'percent at its end'], rows)}</section>`;
}

function statementSection({ statements }: RecursionReport): string {
  if (statements.length === 0) return '';
  return listSection(
    'What is claimed, each at its own 5 %, and what is not',
    statements.map(({ words }) => words),
  );
}

function listSection(title: string, items: readonly string[]): string {
  const list = items.map((text) => `<li>${escapeHtml(text)}</li>`).join('');
  return `<section><h2>${escapeHtml(title)}</h2><ul>${list}</ul></section>`;
}

function librarySection({ library, seeds }: RecursionReport): string {
  if (library.length === 0) return '';
  const row = ({ name, known, generation, uses, calls, body, expanded }: Learned) => [
    name,
    known ?? '',
    String(generation),
    String(uses),
    calls.join(', '),
    body,
    expanded,
  ];
  const heads = [
    'name',
    'does the same as',
    'generation',
    'in solutions',
    'calls',
    'body',
    'written out',
  ];
  return `<section><h2>The library of seed ${seeds[0] ?? ''}</h2>${tableOf(heads, library.map(row))}</section>`;
}

function exampleSection({ example }: RecursionReport): string {
  if (example === undefined) return '';
  const { task, before, after } = example;
  return `<section><h2>One held-out task: ${escapeHtml(task)}</h2><dl>
<dt>at the start</dt><dd>not found in ${countText(before.candidates)} candidates, up to cost ${before.cost}</dd>
<dt>at the end</dt><dd>found after ${countText(after.candidates)}: <code>${escapeHtml(after.program)}</code></dd>
<dt>written out</dt><dd><code>${escapeHtml(after.expanded)}</code></dd></dl></section>`;
}

function textSection({ texts }: RecursionReport): string {
  if (texts.length === 0) return '';
  const rows = texts.map(({ what, share }) => [what, shareText(share)]);
  return `<section><h2>Functions of texts, on which nothing was trained</h2>${tableOf(['solver', 'percent solved'], rows)}</section>`;
}

function everydaySection(report: RecursionReport): string {
  const { lines, everyday } = report;
  if (lines.every((one) => one.everyday.length === 0)) return '';
  return `<section><h2>Everyday functions</h2><p class="lead">${escapeHtml(everyday)}</p><figure>${curves(report, 'everyday')}</figure></section>`;
}

function costFooter({ cpuMs, throughput, peakMb, wallMs }: RecursionReport): string {
  const seconds = (ms: number): string => (ms / 1000).toFixed(1);
  return `<footer>A recursion took ${seconds(cpuMs.recursion)} CPU-s, all lines of a seed ${seconds(cpuMs.seed)} CPU-s; ${throughput.toFixed(2)} million candidates per CPU-s; ${peakMb} MB at most in a process; ${seconds(wallMs)} s in all.</footer>`;
}
