/** A portfolio as people read it on the terminal: one table, and what comes next. */
import type { Next } from '../app/portfolio/decide.ts';
import type { PortfolioStatus, StudyLine } from '../app/portfolio/status.ts';
import type { Json } from '../core/json.ts';
import { countText, durationText } from '../reporters/report/number-text.ts';
import { table } from './output.ts';

const HEADING = ['study', 'state', 'turns', 'time', 'evals', 'trials', 'promotions'];

export function statusLines(status: PortfolioStatus): readonly string[] {
  const { plan, state, pid, turns, studies } = status;
  const run = pid === undefined ? state : `${state} (process ${pid})`;
  return [
    `${plan.id}: ${run}, ${countText(turns)} turns, ${spentText(status)}`,
    ...table([HEADING, ...studies.map(rowOf)]),
    ...studies.flatMap(({ name, trouble }) => (trouble ? [`${name}: ${trouble.why}`] : [])),
    ...(status.next ? [`next: ${nextText(status, status.next)}`] : []),
  ];
}

function rowOf({ name, state, turns, reading }: StudyLine): readonly string[] {
  if (reading === undefined) return [name, state, String(turns), '-', '-', '-', '-'];
  const { activeMs, evals, trials, promotions } = reading;
  const counts = [evals, trials, promotions].map(countText);
  return [name, state, String(turns), durationText(activeMs), ...counts];
}

/** `1 min 20 s of 2 h, 4,211 of 500,000 evaluations` */
export function spentText({ plan, spent }: Pick<PortfolioStatus, 'plan' | 'spent'>): string {
  const { wall, evals } = plan.config.budget;
  const time = durationText(spent.wallMs) + (wall === undefined ? '' : ` of ${durationText(wall)}`);
  const count = countText(spent.evals) + (evals === undefined ? '' : ` of ${countText(evals)}`);
  return `${time}, ${count} evaluations`;
}

export function nextText(status: Pick<PortfolioStatus, 'studies'>, next: Next): string {
  const nameOf = (id: string): string =>
    status.studies.find(({ study }) => study === id)?.name ?? id;
  switch (next.do) {
    case 'turn':
      return `${nameOf(next.study)}, which had the least time`;
    case 'close':
      return `the final comparison of ${nameOf(next.study)}`;
    case 'begin-closing':
      return 'the final comparisons: the budget is used up';
    case 'end':
      return 'nothing: all studies are finished';
    case 'leave':
      return `nothing until what stands against ${next.because.map(({ study }) => nameOf(study)).join(', ')} is gone`;
  }
}

export function statusJson(status: PortfolioStatus): { readonly [key: string]: Json } {
  const { plan, state, pid, spent, turns, studies, next } = status;
  const { budget } = plan.config;
  const plain = { id: plan.id, state, pid, turns, budget, spent, studies, next };
  return JSON.parse(JSON.stringify(plain));
}
