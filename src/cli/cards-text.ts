/** Score cards at the command line: how the work is done, how good the ideas are, how good the forecasts. */
import type { Cards, Forecaster } from '../reporters/cards/cards.ts';
import { costText, figureText, shareText, skillText } from '../reporters/cards/words.ts';
import { oneLine } from '../reporters/plain-text.ts';

export function cardLines(cards: Cards): readonly string[] {
  const { taste, execution, ideation, forecasters } = cards;
  if (execution.length === 0) return ['No trial has settled yet: there is nothing on the cards.'];
  return [
    'Execution: how the work is done',
    ...execution.flatMap((one) => [
      `  ${oneLine(one.by)}: ${one.trials} trials, ${one.copies} of them copies`,
      `    valid     ${shareText(one.valid)}`,
      `    reliable  ${shareText(one.reliable)}`,
      `    cost      ${costText(one)}`,
    ]),
    '',
    ...(taste
      ? [
          'Ideation: how good the ideas are, on the trials that nobody chose',
          `  base rate ${shareText(cards.baseRate)} better than what it came from, as a noisy screen saw it`,
          ...ideation.flatMap((one) => [
            `  ${oneLine(one.by)}: ${one.promoted} promoted`,
            `    hits      ${shareText(one.hits)}`,
            `    bold      ${shareText(one.bold)} moved by more than 2 noise scales`,
            ...(one.own ? [`    own words area ${figureText(one.own.area, one.own)}`] : []),
          ]),
          '',
          'Forecasts, made before the candidate was measured, on the trials that nobody chose',
          ...forecasters.flatMap(forecasterLines),
        ]
      : [
          'This study expects nothing of its proposals (older than tastes): there is no card of ideas.',
        ]),
  ];
}

function forecasterLines({ by, kind, score }: Forecaster): readonly string[] {
  const rows = score.reliability.map(
    ({ from, to, n, said, came }) =>
      `    said ${percent(from)}–${percent(to)} %  mean ${percent(said)} %, came true ${percent(came)} % of ${n}`,
  );
  return [
    `  ${oneLine(by)} (${kind}), base rate ${shareText(score.baseRate)}`,
    `    Brier skill ${skillText(score)} over always saying the base rate`,
    `    area        ${figureText(score.area, score)} (a coin 0.5)`,
    `    regret      ${figureText(score.regret, score)} of a coin's (never wrong 0)`,
    ...rows,
  ];
}

function percent(value: number): string {
  return String(Math.round(100 * value));
}
