/** One page about a portfolio. */
import { shortNumber } from '../../claims/claim.ts';
import { escapeMarkdown } from '../../reporters/document/escape-markdown.ts';
import { countText, durationText } from '../../reporters/report/number-text.ts';
import type { PlannedStudy } from './files.ts';
import { type CostUnit, costOf } from './fold.ts';
import type { PortfolioStatus, StudyLine } from './status.ts';
import type { Turn } from './turns.ts';
import { incumbentText, nextText, rateText, reasonText, shownGain, spentText } from './words.ts';

/** The last turns are shown one by one, all of them in the studies' rows. */
const SHOWN_TURNS = 100;

export function portfolioMarkdown(
  status: PortfolioStatus,
  turns: readonly Turn[],
  linkOf: (study: PlannedStudy) => string | undefined,
): string {
  const { plan, state, studies } = status;
  const names = new Map(plan.studies.map((one) => [one.id, escapeMarkdown(one.name)]));
  const nameOf = (id: string): string => names.get(id) ?? id;
  const links = new Map(plan.studies.map((one) => [one.id, linked(nameOf(one.id), linkOf(one))]));
  const troubles = studies.flatMap(({ study, trouble }) =>
    trouble ? [`- ${nameOf(study)}: ${escapeMarkdown(trouble.why)}`] : [],
  );
  return [
    `# ${plan.id}`,
    `**${state}**: ${countText(status.turns)} turns, ${spentText(status)}.`,
    table(
      [
        'study',
        'state',
        'turns',
        'spent',
        'of all',
        'promotions',
        'gain shown',
        'expected',
        'incumbent',
      ],
      studies.map((line) => studyRow(line, status, links.get(line.study) ?? line.name)),
    ),
    ...(status.next ? [`Next: ${escapeMarkdown(nextText(status, status.next))}.`] : []),
    ...(troubles.length > 0 ? ['## Set aside', troubles.join('\n')] : []),
    '## Where the budget went, and why',
    ...(turns.length > SHOWN_TURNS
      ? [`The last ${SHOWN_TURNS} of ${countText(turns.length)} turns.`]
      : []),
    table(
      ['turn', 'study', 'why', 'expected', 'spent', 'gain shown', 'end'],
      turns
        .map((turn, i) =>
          turnRow(turn, { number: i + 1, unit: status.unit, name: nameOf(turn.study) }),
        )
        .slice(-SHOWN_TURNS),
    ),
    methodText(status),
  ]
    .join('\n\n')
    .concat('\n');
}

function linked(name: string, page: string | undefined): string {
  return page === undefined ? name : `[${name}](${encodeURI(page)})`;
}

function studyRow(
  line: StudyLine,
  { unit, studies }: PortfolioStatus,
  name: string,
): readonly string[] {
  const { state, turns, reading, expected } = line;
  const all = studies.reduce((sum, one) => sum + costOf(unit, one.reading), 0);
  const share = all > 0 ? `${shortNumber((100 * costOf(unit, reading)) / all)} %` : '-';
  return [
    name,
    state,
    countText(turns),
    costText(costOf(unit, reading), unit),
    share,
    countText(reading?.promotions ?? 0),
    reading ? shownGain(reading.gain, reading.yardstick) : '-',
    expected && reading ? rateText(expected.rate, reading.yardstick, unit) : '-',
    escapeMarkdown(incumbentText(line)),
  ];
}

function turnRow(
  { why, cost, gain, reading, trouble }: Turn,
  {
    number,
    unit,
    name,
  }: { readonly number: number; readonly unit: CostUnit; readonly name: string },
): readonly string[] {
  const end = trouble
    ? `set aside: ${trouble.code}`
    : reading === undefined
      ? 'cut short'
      : reading.isClosed
        ? 'finished'
        : 'yielded';
  return [
    countText(number),
    name,
    reasonText(why),
    rateText(why.rate, reading?.yardstick, unit),
    cost === undefined ? '-' : costText(cost, unit),
    gain === undefined ? '-' : shownGain(gain, reading?.yardstick),
    end,
  ];
}

function costText(cost: number, unit: CostUnit): string {
  return unit === 'evals' ? `${countText(cost)} evals` : durationText(cost);
}

function table(heading: readonly string[], rows: readonly (readonly string[])[]): string {
  const lines = [heading, heading.map(() => '---'), ...rows];
  return lines.map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

function methodText({ plan, studies }: PortfolioStatus): string {
  const aroundMs = studies.reduce((sum, one) => sum + one.aroundMs, 0);
  const rule =
    plan.config.share.by === 'gain'
      ? 'Shares are proportional to expected gain per cost times weight: what a study gained of late, drawn towards the mean of all. The gain of a promotion is the lower end of its interval'
      : 'Shares are proportional to the weights. The gain of a promotion is the lower end of its interval';
  return `${rule}, in units of the noise of one evaluation of the study's origin (σ), or of the origin's own value where there is no noise. Such units make studies comparable, not equally valuable: that is what weights are for. The sum over promotions is no interval for the whole; the studies' own reports have the comparison with the origin. Starting and ending turns took ${durationText(aroundMs)} besides, which no budget counts.

Check it with: paceline verify ${plan.id}`;
}
