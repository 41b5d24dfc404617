/** A portfolio as people read it on the terminal: one table, and what comes next. */
import type { PortfolioStatus, StudyLine } from '../app/portfolio/status.ts';
import { incumbentText, nextText, rateText, shownGain, spentText } from '../app/portfolio/words.ts';
import type { Json } from '../core/json.ts';
import { countText, durationText, numberText } from '../reporters/report/number-text.ts';
import { table } from './output.ts';

const HEADING = [
  'study',
  'state',
  'turns',
  'time',
  'evals',
  'promotions',
  'gain shown',
  'expected',
  'share',
  'incumbent',
];

export function statusLines(status: PortfolioStatus): readonly string[] {
  const { plan, state, pid, turns, studies } = status;
  const run = pid === undefined ? state : `${state} (process ${pid})`;
  return [
    `${plan.id}: ${run}, ${countText(turns)} turns, ${spentText(status)}`,
    ...table([HEADING, ...studies.map((line) => rowOf(line, status))]),
    ...studies.flatMap(({ name, trouble }) => (trouble ? [`${name}: ${trouble.why}`] : [])),
    ...(status.next ? [`next: ${nextText(status, status.next)}`] : []),
  ];
}

function rowOf(line: StudyLine, { unit }: Pick<PortfolioStatus, 'unit'>): readonly string[] {
  const { name, state, turns, reading, expected } = line;
  const share = expected ? `${numberText(100 * expected.share)} %` : '-';
  if (reading === undefined) return [name, state, '0', '-', '-', '-', '-', '-', share, '-'];
  const { activeMs, evals, promotions, yardstick } = reading;
  return [
    name,
    state,
    countText(turns),
    durationText(activeMs),
    countText(evals),
    countText(promotions),
    shownGain(reading.gain, yardstick),
    expected ? rateText(expected.rate, yardstick, unit) : '-',
    share,
    incumbentText(line),
  ];
}

export function statusJson(status: PortfolioStatus): { readonly [key: string]: Json } {
  const { plan, state, pid, spent, turns, studies, next } = status;
  const { budget } = plan.config;
  const plain = { id: plan.id, state, pid, turns, budget, spent, studies, next };
  return JSON.parse(JSON.stringify(plain));
}
