/** Facts about gains: every one computed again from the raw pairs, never copied from a verdict. */
import { gainFigure, levelOf, orient, scaleInUnit } from '../../claims/orient.ts';
import { noiseFloor } from '../../stats/noise-floor.ts';
import { sampleSd } from '../../stats/summary.ts';
import type { AddFact, Fact } from './fact.ts';
import { addOtherFacts } from './facts-others.ts';
import {
  countedText,
  countText,
  differenceText,
  exactText,
  gainText,
  gainUnit,
  numberText,
  shortHash,
  thresholdText,
  withUnit,
} from './number-text.ts';
import { newPairs, type PairSeries } from './pair-series.ts';
import { agrees, INTERVAL_LEVEL, metricOf, type Regained, regain, regainExact } from './pairs.ts';
import type { Confirmed, PromotionTally, Settled, Tally } from './tally.ts';
import { ruleOf } from './words.ts';

export function addGainFacts(tally: Tally, add: AddFact): void {
  addFloor(tally, add);
  for (const promotion of tally.promotions) {
    addPromotion(tally, promotion, add);
    addOtherFacts(tally, promotion, add);
  }
  for (const { confirmed, settled } of tally.unconfirmed)
    addUnconfirmed(tally, { confirmed, settled }, add);
  for (const compared of tally.comparisons) addComparison(tally, compared, add);
}

function addFloor({ opened, floor }: Tally, add: AddFact): void {
  if (!floor) return;
  addRepeats(floor, add);
  if (!opened) return;
  const { values } = floor.body;
  const { metric } = opened.body;
  const { unit } = metric;
  const seqs = [opened.seq, floor.seq];
  const { scale } = noiseFloor(values.map((value) => orient(metric, value)));
  const n = values.length;
  const centre = levelOf(metric, values);
  const inUnit = (value: number): string => withUnit(numberText(value), unit);
  add({
    id: 'floor.mean',
    value: centre,
    text: inUnit(centre),
    unit,
    n,
    seqs,
    how: 'Mean of the origin’s first evaluations.',
  });
  addScale(opened, { n, centre, scale, seqs }, add);
}

interface Scale {
  readonly n: number;
  readonly centre: number;
  /** Of oriented values. */
  readonly scale: number;
  readonly seqs: readonly number[];
}

/** What scatters, and the effect that follows from it; an exact objective has its tolerance instead. */
function addScale(
  opened: NonNullable<Tally['opened']>,
  { n, centre, scale, seqs }: Scale,
  add: AddFact,
): void {
  const { metric } = opened.body;
  const { unit } = metric;
  const { mode, tolerance } = ruleOf(opened.body.rule);
  if (mode === 'exact' && tolerance !== undefined) {
    const how = 'The tolerance of the rule: a gain must exceed it.';
    const text = `${differenceText(tolerance, metric)}, the tolerance`;
    add({ id: 'rule.delta', value: tolerance, text, unit, seqs, how });
    return;
  }
  const inUnit = scaleInUnit(metric, scale, centre);
  add({
    id: 'floor.scale',
    value: inUnit,
    text: withUnit(numberText(inUnit), unit),
    unit,
    n,
    seqs,
    how: 'Interquartile range of those evaluations over that of a standard normal.',
  });
  const { smallestEffect, minEffect = 0 } = ruleOf(opened.body.rule);
  if (smallestEffect === undefined) return;
  const planned = smallestEffect * scale;
  const delta = Math.max(planned, minEffect);
  const text =
    delta > planned
      ? `${thresholdText(minEffect, metric)}, the least gain the rule asks for`
      : `${smallestEffect} σ, here ${thresholdText(delta, metric)}`;
  add({
    id: 'rule.delta',
    value: gainFigure(metric, delta),
    text,
    unit: gainUnit(metric),
    seqs,
    how: 'δ of the rule times the scale of the noise floor, or the rule’s minEffect where that is more.',
  });
}

/** What needs no unit. */
function addRepeats(floor: NonNullable<Tally['floor']>, add: AddFact): void {
  const { values, deterministic } = floor.body;
  const n = values.length;
  const seqs = [floor.seq];
  const repeats = deterministic ? 'gives the same value' : 'gives another value';
  add({ id: 'floor.n', value: n, text: countText(n), seqs, how: 'Those evaluations, counted.' });
  add({
    id: 'floor.repeats',
    value: repeats,
    text: repeats,
    seqs,
    how: 'Some cases evaluated twice with the same instance and seed.',
  });
}

/** `INTERVAL_LEVEL` as people say it. */
function levelText(level: number): string {
  return `${numberText(100 * level)} %`;
}

function gainFact(
  tally: Tally,
  id: string,
  gain: Regained & { readonly seq: number; readonly how: string },
): Fact {
  const metric = metricOf(tally);
  const { effect, interval, n, seq, how } = gain;
  const figure = (one: number): number => gainFigure(metric, one);
  const seqs = [...gain.seqs, seq];
  const { isItself } = ruleOf(tally.opened?.body.rule);
  const text = gainText({ effect, interval, isItself }, metric);
  const [value, unit] = [figure(effect), gainUnit(metric)];
  const fact = { id, value, text, unit, n, seqs, how };
  return interval ? { ...fact, interval: [figure(interval[0]), figure(interval[1])] } : fact;
}

/** Decided by a verifier: recorded with a tolerance instead of an interval. */
function isExact({ tolerance }: { readonly tolerance?: number | undefined }): boolean {
  return tolerance !== undefined;
}

function addPromotion(tally: Tally, promotion: PromotionTally, add: AddFact): void {
  const { promoted, settled, confirmed, block } = promotion;
  const { body, seq, trial = -1 } = promoted;
  const id = `promotion.${trial}`;
  const again = isExact(body) ? regainExact(tally, block) : regain(tally, block, body.n);
  if (again) {
    const how = isExact(body)
      ? 'The verifier’s value of the candidate less its value of the predecessor; positive means better.'
      : 'Mean of the block’s paired differences with its t-interval; positive means better.';
    add(gainFact(tally, `${id}.gain`, { ...again, seq, how }));
    addDisagreement(tally, { id, again, recorded: { ...body, effect: body.gain }, seq }, add);
  }
  const how = 'As recorded with the promotion.';
  const seqs = [seq];
  add({ id: `${id}.trial`, value: trial, text: countText(trial), seqs, how });
  add({ id: `${id}.n`, value: body.n, text: countText(body.n), seqs, how });
  if (body.level !== undefined)
    add({ id: `${id}.level`, value: body.level, text: levelText(body.level), seqs, how });
  add({ id: `${id}.evals`, value: body.atEvals, text: countText(body.atEvals), seqs, how });
  add({ id: `${id}.candidate`, value: body.candidate, text: shortHash(body.candidate), seqs, how });
  add({ id: `${id}.approvedBy`, value: body.approvedBy, text: body.approvedBy, seqs, how });
  const notes = body.notes.join('; ') || 'none';
  add({ id: `${id}.notes`, value: notes, text: notes, seqs, how });
  if (settled) addProposer({ id, seqs }, settled, add);
  if (confirmed) addEvidence({ id, seqs }, confirmed, add);
  addRawScores(tally, { id, block, n: body.n, seqs, isOne: isExact(body) }, add);
}

/** `seqs`: the entries that make the trial worth naming. */
interface Named {
  readonly id: string;
  readonly seqs: readonly number[];
}

function addProposer({ id, seqs }: Named, settled: Settled, add: AddFact): void {
  const by = `${settled.body.proposer}, ${settled.body.operator}`;
  const how = 'Proposer and operator recorded with the trial.';
  add({ id: `${id}.by`, value: by, text: by, seqs: [settled.seq, ...seqs], how });
}

/** e^300 is past any reader's patience and still a double. */
const LARGEST_LOG = 300;

function addEvidence({ id, seqs }: Named, confirmed: Confirmed, add: AddFact): void {
  const { logE, alpha, why, objectiveAt, pool } = confirmed.body;
  const n = objectiveAt ?? confirmed.body.n;
  if (pool && alpha !== undefined) {
    const text = `the whole pool of ${countText(n)} pairs, e-value of ${numberText(1 / alpha)} needed; how far it went stays with the gate`;
    const how =
      'Pairs and level of the confirm as recorded; what was measured is in the gate’s record.';
    add({ id: `${id}.evidence`, value: text, text, n, seqs: [confirmed.seq, ...seqs], how });
    return;
  }
  if (logE === undefined || alpha === undefined) {
    const text = why ?? 'better by more than the tolerance in the verifier’s own values';
    const how = 'As recorded with the verdict; paceline verify derives it again.';
    add({ id: `${id}.evidence`, value: text, text, seqs: [confirmed.seq, ...seqs], how });
    return;
  }
  const reached = logE > LARGEST_LOG ? 'more than 1e130' : numberText(Math.exp(logE));
  const text = `e-value ${reached} after ${countedText(n, 'pair')}, ${numberText(1 / alpha)} needed${why === undefined ? '' : `; ${why}`}`;
  const how =
    'Evidence, pairs and level of the confirm as recorded; paceline verify derives them again.';
  add({
    id: `${id}.evidence`,
    value: Math.exp(Math.min(logE, LARGEST_LOG)),
    text,
    n,
    seqs: [confirmed.seq, ...seqs],
    how,
  });
}

interface RawScores {
  readonly id: string;
  readonly block: PromotionTally['block'];
  readonly n: number;
  readonly seqs: readonly number[];
  /** Exact: one value is all there is. */
  readonly isOne: boolean;
}

function addRawScores(tally: Tally, { id, block, n, seqs, isOne }: RawScores, add: AddFact): void {
  const scores = block.values.slice(0, n).filter((value) => value !== null);
  const metric = metricOf(tally);
  const { unit } = metric;
  const used = [...(tally.opened ? [tally.opened.seq] : []), ...block.seqs, ...seqs];
  const [only] = scores;
  if (isOne && only !== undefined) {
    const text = `${withUnit(exactText(only), unit)} (exact)`;
    const how = 'The verifier’s value of the candidate.';
    add({ id: `${id}.score`, value: only, text, unit, n: 1, seqs: used, how });
    return;
  }
  if (scores.length < 2 || scores.length < n) return;
  const level = levelOf(metric, scores);
  const text = `${withUnit(numberText(level), unit)} (SD ${numberText(sampleSd(scores))})`;
  const how = 'Mean of the candidate’s own scores in its block.';
  add({ id: `${id}.score`, value: level, text, unit, n: scores.length, seqs: used, how });
}

interface Recorded {
  readonly id: string;
  readonly seq: number;
  readonly again: Regained;
  readonly recorded: Size;
}

interface Size {
  readonly effect?: number | undefined;
  readonly interval?: readonly [number, number] | undefined;
}

/** A recorded number that its own pairs do not bear out is the first thing a reader must see. */
function addDisagreement(tally: Tally, { id, seq, again, recorded }: Recorded, add: AddFact): void {
  const numbers = ({ effect, interval }: Size) => [effect, ...(interval ?? [])];
  const [was, is] = [numbers(recorded), numbers(again)];
  const areSame = was.every((one, i) => agrees(one ?? Number.NaN, is[i] ?? Number.NaN));
  if (was.length === is.length && areSame) return;
  const metric = metricOf(tally);
  const said = ({ effect, interval }: Size): string =>
    effect === undefined ? 'no effect' : gainText({ effect, interval }, metric);
  const text = `entry ${seq} records ${said(recorded)}, its pairs give ${said(again)}`;
  const how = 'The recorded number compared with the one computed from the raw pairs.';
  add({ id: `disagreement.${id}`, value: text, text, seqs: [...again.seqs, seq], how });
}

type Unconfirmed = Tally['unconfirmed'][number];

function addUnconfirmed(tally: Tally, { confirmed, settled }: Unconfirmed, add: AddFact): void {
  const { body, seq, trial = -1 } = confirmed;
  const id = `unconfirmed.${trial}`;
  const metric = metricOf(tally);
  const context = tally.opened ? [tally.opened.seq] : [];
  if (body.effect !== undefined)
    add({
      id: `${id}.effect`,
      value: gainFigure(metric, body.effect),
      text: differenceText(body.effect, metric),
      unit: gainUnit(metric),
      n: body.n,
      seqs: [...context, seq],
      how:
        body.logE === undefined
          ? 'Difference of the verifier’s values.'
          : 'Mean of the confirm’s pairs where it stopped; stopping biases it.',
    });
  const how = 'As recorded with the verdict.';
  add({ id: `${id}.trial`, value: trial, text: countText(trial), seqs: [seq], how });
  add({ id: `${id}.n`, value: body.n, text: countText(body.n), seqs: [seq], how });
  add({
    id: `${id}.candidate`,
    value: body.candidate,
    text: shortHash(body.candidate),
    seqs: [seq],
    how,
  });
  addEvidence({ id, seqs: [] }, confirmed, add);
  if (settled) addProposer({ id, seqs: [seq] }, settled, add);
}

function addComparison(tally: Tally, compared: Tally['comparisons'][number], add: AddFact): void {
  const { body, seq } = compared;
  const id = `compared.${body.arm}`;
  const how = 'As recorded with the comparison.';
  const seqs = [seq];
  add({ id: `${id}.words`, value: body.words, text: body.words, seqs, how });
  add({ id: `${id}.verdict`, value: body.verdict, text: body.verdict, seqs, how });
  add({ id: `${id}.evals`, value: body.atEvals, text: countText(body.atEvals), seqs, how });
  add({ id: `${id}.n`, value: body.n, text: countText(body.n), seqs, how });
  const series = tally.comparing.get(body.arm) ?? newPairs();
  const again = isExact(body) ? regainExact(tally, series) : regain(tally, series, body.n);
  if (!again) return;
  addSides(tally, { id, series, seq, isOne: isExact(body) }, add);
  const gainHow = isExact(body)
    ? 'Difference of the verifier’s values; positive means the incumbent is better.'
    : 'Mean of paired differences on fresh instances with its t-interval; positive means the incumbent is better.';
  add(gainFact(tally, `${id}.gain`, { ...again, seq, how: gainHow }));
  addDisagreement(tally, { id, again, recorded: body, seq }, add);
  if (isExact(body)) return;
  const level = 'The coverage at which the interval was computed again and found to agree.';
  add({
    id: `${id}.level`,
    value: INTERVAL_LEVEL,
    text: levelText(INTERVAL_LEVEL),
    seqs: [...again.seqs, seq],
    how: level,
  });
}

interface Sides {
  readonly id: string;
  readonly series: PairSeries;
  readonly seq: number;
  /** Exact: one value is all there is. */
  readonly isOne: boolean;
}

/** Where both ends of a comparison stand: a difference alone does not say of what. */
function addSides(tally: Tally, { id, series, seq, isOne }: Sides, add: AddFact): void {
  const { opened } = tally;
  const metric = metricOf(tally);
  const { unit } = metric;
  const seqs = [...(opened ? [opened.seq] : []), ...series.seqs, seq];
  const isPair = (i: number): boolean =>
    series.values[i] !== null && series.againstValues[i] !== null;
  const level = (values: readonly (number | null)[]): { value: number; text: string } => {
    const scored = values.filter((one, i): one is number => one !== null && isPair(i));
    const value = levelOf(metric, scored);
    return { value, text: withUnit((isOne ? exactText : numberText)(value), unit) };
  };
  const how = 'Mean of this side’s own scores in the compared pairs.';
  add({ id: `${id}.ours`, ...level(series.values), unit, seqs, how });
  add({ id: `${id}.theirs`, ...level(series.againstValues), unit, seqs, how });
}
