/** Islands against control blocks: each final's own level, and what they say together. */
import { ISLANDS_LEVEL, judgeIslands } from '../../claims/islands.ts';
import { gainFigure, levelOf } from '../../claims/orient.ts';
import type { AddFact } from './fact.ts';
import { countText, gainText, gainUnit, numberText, withUnit } from './number-text.ts';
import { newPairs } from './pair-series.ts';
import { agrees, metricOf } from './pairs.ts';
import type { Tally } from './tally.ts';

export const ISLANDS = 'islands';

export function isIslandArm({ opened }: Pick<Tally, 'opened'>, name: string): boolean {
  return opened?.body.arms.find((arm) => arm.name === name)?.search === 'improver';
}

export function isOfIslands({ opened }: Pick<Tally, 'opened'>): boolean {
  return opened?.body.design === 'islands';
}

type Judged = NonNullable<Tally['islands']['judged']>;

export function addIslandsFacts(tally: Tally, add: AddFact): void {
  if (isOfIslands(tally)) addDesign(tally, add);
  const { judged } = tally.islands;
  if (judged === undefined) return;
  const { body, seq } = judged;
  const how = 'As recorded when the islands were judged.';
  const seqs = [seq];
  add({ id: `${ISLANDS}.words`, value: body.words, text: body.words, seqs, how });
  const evals = { value: body.atEvals, text: countText(body.atEvals) };
  add({ id: `${ISLANDS}.evals`, ...evals, seqs, how: 'The smallest spend of all arms.' });
  add({ id: `${ISLANDS}.n`, value: body.n, text: countText(body.n), seqs, how });
  for (const { arm } of body.finals) addLevel(tally, { arm, seq }, add);
  addDifference(tally, judged, add);
}

function addDesign({ opened }: Tally, add: AddFact): void {
  if (opened === undefined) return;
  const { arms } = opened.body;
  const islands = arms.filter(({ search }) => search === 'improver').length;
  const how = 'Arms of the study when it was opened, counted.';
  const counts = { islands, blocks: arms.length - islands };
  for (const [name, value] of Object.entries(counts)) {
    const id = `${ISLANDS}.count.${name}`;
    add({ id, value, text: countText(value), seqs: [opened.seq], how });
  }
}

function addLevel(tally: Tally, { arm, seq }: { arm: string; seq: number }, add: AddFact): void {
  const { opened, islands } = tally;
  const { values, seqs } = islands.finals.get(arm) ?? newPairs();
  const scores = values.filter((value) => value !== null);
  if (!opened || scores.length === 0 || scores.length < values.length) return;
  const metric = metricOf(tally);
  const value = levelOf(metric, scores);
  add({
    id: `${ISLANDS}.level.${arm}`,
    value,
    text: withUnit(numberText(value), metric.unit),
    unit: metric.unit,
    n: scores.length,
    seqs: [opened.seq, ...seqs, seq],
    how: 'Mean of its final on the common cases.',
  });
}

/** Computed again from the raw values; what is recorded must agree. */
function addDifference(tally: Tally, { body, seq }: Judged, add: AddFact): void {
  const { opened, islands } = tally;
  const series = body.finals.map((final) => ({
    ...final,
    ...(islands.finals.get(final.arm) ?? newPairs()),
  }));
  if (!opened || series.some(({ values }) => values.length !== body.n)) return;
  const metric = metricOf(tally);
  const finals = series.map(({ arm, candidate, values }) => ({
    arm,
    candidate,
    values,
    isIsland: isIslandArm(tally, arm),
  }));
  const { difference: effect, interval } = judgeIslands(finals, { metric, atEvals: body.atEvals });
  if (effect === undefined || interval === undefined) return;
  const seqs = [opened.seq, ...series.flatMap((one) => one.seqs), seq];
  const figure = (one: number): number => gainFigure(metric, one);
  add({
    id: `${ISLANDS}.gain`,
    value: figure(effect),
    text: gainText({ effect, interval }, metric),
    unit: gainUnit(metric),
    n: finals.length,
    interval: [figure(interval[0]), figure(interval[1])],
    seqs,
    how: 'Mean of the islands’ finals less that of the blocks’, with the interval that inverts the permutation test; positive means the search is better.',
  });
  const level = `${numberText(100 * ISLANDS_LEVEL)} %`;
  const levelHow = 'The coverage of that interval: each bound misses one time in twenty.';
  add({ id: `${ISLANDS}.level`, value: ISLANDS_LEVEL, text: level, seqs, how: levelHow });
  const recorded = [body.difference, ...(body.interval ?? [])];
  if (recorded.every((one, i) => agrees(one ?? Number.NaN, [effect, ...interval][i] ?? 0))) return;
  const said = numberText(body.difference ?? Number.NaN);
  const text = `entry ${seq} records a difference of ${said} between islands and blocks, their finals give ${numberText(effect)}`;
  const how = 'The recorded number compared with the one computed from the raw values.';
  add({ id: `disagreement.${ISLANDS}`, value: text, text, seqs, how });
}
