/** `demo null` for people: one table per question. */
import { NOISES, type NullReport, type Rate, type RuleRates } from '../app/null-study/report.ts';
import { table } from './output.ts';

export function nullTable(report: NullReport): readonly string[] {
  const { noise, candidates, stopsAtRandom, nullStudies, planted } = report;
  const studies = nullStudies[0]?.falsePromotion.of ?? 0;
  const lines = [
    `Noise ${noise}: ${NOISES[noise]}. ${studies} studies of ${candidates} candidates, none better than the origin${stopsAtRandom ? ', each stopped at a random moment' : ''}:`,
    '',
    ...table([
      ['rule', 'any false promotion', '95 % interval', 'evaluations per candidate'],
      ...nullStudies.map((one) => [...rateCells(one.rule, one.falsePromotion), cost(one)]),
    ]),
  ];
  if (planted === undefined) return [...lines, '', ...FOOTNOTES];
  return [
    ...lines,
    '',
    `The same with one candidate better by ${planted.effect} sigma${spreadWords(planted.spread)}:`,
    '',
    ...table([
      ['rule', 'found', '95 % interval', 'any false promotion', 'evaluations per candidate'],
      ...planted.rates.map((one) => [
        ...rateCells(one.rule, one.found ?? one.falsePromotion),
        percent(one.falsePromotion.rate),
        cost(one),
      ]),
    ]),
    '',
    ...FOOTNOTES,
  ];
}

function spreadWords(spread: number | undefined): string {
  if (spread === undefined) return '';
  return spread === 1
    ? ' and of the origin’s spread'
    : ` and of ${spread} times the origin’s spread`;
}

const FOOTNOTES = [
  'A study counts as bad if it promoted anything no better at any time: stopping it at any moment is covered.',
  'greedy and MAD ratio read the draws paceline decided on; 2 SE reads ten draws of the same candidates.',
];

function rateCells(rule: string, { rate, interval }: Rate): readonly string[] {
  return [rule, percent(rate), `[${interval.map(percent).join(', ')}]`];
}

function percent(rate: number): string {
  return `${(100 * rate).toFixed(1)} %`;
}

function cost({ evaluationsPerCandidate }: RuleRates): string {
  return evaluationsPerCandidate.toFixed(1);
}
