/** How the portfolio's numbers read, on the terminal and in its report. */
import { shortNumber } from '../../claims/claim.ts';
import { countText, durationText, gainText } from '../../reporters/report/number-text.ts';
import type { Next } from './decide.ts';
import type { CostUnit } from './fold.ts';
import type { Reason, Yardstick } from './moves.ts';
import type { PortfolioStatus, StudyLine } from './status.ts';

const MINUTE_MS = 60_000;
const THOUSAND = 1_000;

/** `5.2 σ`, `1.3 % of the origin`, `4 units`; lower ends of intervals, added up. */
export function shownGain(gain: number, yardstick: Yardstick | undefined): string {
  if (yardstick === undefined) return '-';
  if (yardstick.is === 'noise') return `${shortNumber(gain)} σ`;
  if (yardstick.is === 'unit') return `${shortNumber(gain)} units`;
  return `${shortNumber(100 * gain)} % of the origin`;
}

/** `0.4 σ a minute`, or of a thousand evaluations. */
export function rateText(rate: number, yardstick: Yardstick | undefined, unit: CostUnit): string {
  const [scale, per] =
    unit === 'wallMs'
      ? ([MINUTE_MS, 'a minute'] as const)
      : ([THOUSAND, 'per 1000 evals'] as const);
  if (yardstick === undefined) return '-';
  return `${shownGain(scale * rate, yardstick)} ${per}`;
}

export function reasonText({ by, share }: Reason): string {
  const percent = `${shortNumber(100 * share)} %`;
  return by === 'gain'
    ? `furthest behind its share, ${percent} by expected gain per cost`
    : `furthest behind its share, ${percent} by weight`;
}

/** Against the origin once the study is closed; before, what its last promotion gained. */
export function incumbentText({ reading, metric }: Pick<StudyLine, 'reading' | 'metric'>): string {
  if (reading?.final) return `${gainText(reading.final, metric)} over the origin`;
  return reading?.last ? `last gain ${gainText(reading.last, metric)}` : '-';
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
      return `${nameOf(next.study)}: ${reasonText(next.why)}`;
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
