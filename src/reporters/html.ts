/** One HTML file: no script, no request, readable in print, in the dark and by keyboard. */
import { gainFigure } from '../claims/orient.ts';
import type { ReportFacts } from './facts.ts';
import { detailHtml } from './page/details-html.ts';
import { escapeHtml } from './page/escape-html.ts';
import { intervalChart } from './page/interval-chart.ts';
import { islandsChart } from './page/islands-chart.ts';
import { factHtml, phraseHtml } from './page/phrase-html.ts';
import { STYLE } from './page/style.ts';
import { trajectoryChart } from './page/trajectory-chart.ts';
import { answersOf } from './report/answers.ts';
import { isExact, ORIGIN } from './report/answers-evidence.ts';
import { entriesText, type Fact, type FactBook } from './report/fact.ts';
import { cardDetails } from './report/facts-cards.ts';
import { isOfIslands } from './report/facts-islands.ts';
import { leadingPromotion } from './report/leading.ts';
import { metricOf } from './report/pairs.ts';
import type { Answer } from './report/phrase.ts';
import { MAIN_ARM } from './report/tally.ts';
import { warningPhrases } from './report/warnings.ts';
import { verdictPhrases } from './verdict.ts';

export function htmlReport(facts: ReportFacts): string {
  const answers = answersOf(facts).map((answer, i) => answerHtml(answer, i + 1));
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
${titleHtml(facts)}
<style>${STYLE}</style>
</head>
<body>
<main>
${headerHtml(facts)}
${figuresHtml(facts)}
<ol class="answers">
${answers.join('\n')}
</ol>
${cardsHtml(facts)}
${footerHtml(facts)}
</main>
</body>
</html>
`;
}

function titleHtml({ book, given }: ReportFacts): string {
  const fact = book.get('study.id');
  return fact ? factHtml(fact, 'title') : `<title>${escapeHtml(given.id)}</title>`;
}

function headerHtml(facts: ReportFacts): string {
  const { book, isClosed } = facts;
  const [headline = [], ...lines] = verdictPhrases(facts);
  const [control = [], , unchecked = []] = lines;
  const fact = (id: string): string => optional(book, id);
  const state = isClosed ? `ended: ${fact('study.closed')}` : 'unfinished';
  return `<header>
<p class="kicker"><b>Paceline report</b><span>study <b>${fact('study.id')}</b></span><span>${state}</span><span>entries ${fact('ledger.seq')}</span><span>head ${fact('ledger.hash')}</span><span>engine ${fact('study.engine')}</span></p>
<h1>${phraseHtml(headline)}</h1>
<p class="under">${phraseHtml(control)} ${phraseHtml(unchecked)}</p>
${warningsHtml(book)}</header>`;
}

function optional(book: FactBook, id: string): string {
  const fact = book.get(id);
  return fact ? factHtml(fact) : 'not recorded';
}

function warningsHtml(book: FactBook): string {
  return warningPhrases(book)
    .map((phrase) => `<p class="warning">${phraseHtml(phrase)}</p>`)
    .join('');
}

function figuresHtml(facts: ReportFacts): string {
  const course = trajectoryChart(facts);
  if (course === '') return '';
  const intervals = intervalChart(facts);
  const first = `<figure>${course}<figcaption>${courseCaption(facts)}</figcaption></figure>`;
  if (intervals === '') return `<div class="figures alone">${first}</div>`;
  const nothing = gainFigure(metricOf(facts.tally), 0) === 0 ? 'zero' : 'one';
  const caption = `Paired differences on fresh instances, ${levelOf(facts)} intervals. Right of ${nothing} is better.`;
  const second = `${intervals}<figcaption>${caption}</figcaption>${finalsHtml(facts)}`;
  return `<div class="figures">${first}<figure>${second}</figure></div>`;
}

function finalsHtml(facts: ReportFacts): string {
  const finals = islandsChart(facts);
  const caption = 'The final of every island and control block on the cases common to them.';
  return finals === '' ? '' : `${finals}<figcaption>${caption}</figcaption>`;
}

/** Of what is drawn, and nothing else. */
function courseCaption(facts: ReportFacts): string {
  const { tally, promotions } = facts;
  const adopted = [...tally.arms].some(
    ([name, { climbs }]) => name !== MAIN_ARM && climbs.length > 0,
  );
  return [
    'Dots: screen scores on training instances, noisy, never a gain; those beyond the frame are left out.',
    ...(isOfIslands(tally) ? ['Thin lines: the other islands.'] : []),
    promotions > 0 ? stepsCaption(facts) : 'Line: the origin’s mean.',
    ...(adopted && !isExact(facts)
      ? [
          'The control’s steps use the mean at which its confirm stopped, which flatters the control.',
        ]
      : []),
    ...(tally.comparisons.some(({ body }) => body.arm !== ORIGIN && body.n > 0)
      ? ['Dotted upright: what is compared at equal spend.']
      : []),
  ].join(' ');
}

function stepsCaption(facts: ReportFacts): string {
  return isExact(facts)
    ? 'Steps: the origin’s value plus exact gains, by the verifier.'
    : `Steps: each promoted candidate’s own mean on fresh instances, with its ${levelOf(facts)} interval.`;
}

function levelOf({ book, tally }: ReportFacts): string {
  const last = leadingPromotion(tally);
  const id =
    book.has('compared.origin.level') || !last
      ? 'compared.origin.level'
      : `promotion.${last.promoted.trial}.level`;
  const fact = book.get(id);
  return fact ? factHtml(fact) : 'confidence';
}

function answerHtml({ question, lead, rows, more }: Answer, number: number): string {
  const list = rows
    .map(({ label, phrase }) => `<dt>${escapeHtml(label)}</dt><dd>${phraseHtml(phrase)}</dd>`)
    .join('');
  const details = more
    ? `<details><summary>${escapeHtml(more.title)}</summary>${more.details.map(detailHtml).join('')}</details>`
    : '';
  return `<li class="answer"><h2><span class="number" data-question="${number}">${number}</span>${escapeHtml(question)}</h2><p class="lead">${phraseHtml(lead)}</p>${list ? `<dl>${list}</dl>` : ''}${details}</li>`;
}

/** The two score cards; nothing where nothing was expected of proposals. */
function cardsHtml({ book }: ReportFacts): string {
  const details = cardDetails(book);
  if (details.length === 0) return '';
  return `<section><h2>Score cards</h2><details><summary>Proposers, ideas and forecasts</summary>${details.map(detailHtml).join('')}</details></section>`;
}

function footerHtml({ book }: ReportFacts): string {
  return `<footer>Point at a number to see the ledger entries behind it; <b>${optional(book, 'study.verify')}</b> derives every decision again.
<details class="all"><summary>Every number, its entries and how it was derived</summary><div class="scroll"><table><thead><tr><th scope="col">fact</th><th scope="col">value</th><th scope="col">from</th><th scope="col">how</th></tr></thead><tbody>${[...book.values()].filter(isShort).map(factRow).join('')}</tbody></table></div></details></footer>`;
}

/** Sources stand in their own place. */
function isShort({ id }: Fact): boolean {
  return !id.startsWith('source.');
}

function factRow(fact: Fact): string {
  return `<tr><td data-name="${escapeHtml(fact.id)}">${escapeHtml(fact.id)}</td><td>${factHtml(fact)}</td><td data-entries="${escapeHtml(fact.id)}">${escapeHtml(entriesText(fact))}</td><td data-how="${escapeHtml(fact.id)}">${escapeHtml(fact.how)}</td></tr>`;
}
