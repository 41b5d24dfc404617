/** Facts about tries: how many, how they ended, who proposed them, what they cost. */
import { alarmWords } from '../../claims/alarm.ts';
import { levelOf } from '../../claims/orient.ts';
import type { EventType } from '../../core/events.ts';
import { eBhDiscoveries } from '../../stats/e-bh.ts';
import type { AddFact, EntrySpan } from './fact.ts';
import { countText, durationText, numberText, shortHash } from './number-text.ts';
import { metricOf } from './pairs.ts';
import { screenText } from './screen-text.ts';
import { MAIN_ARM, type Settled, type Tally } from './tally.ts';
import { scoresOf } from './tally-trials.ts';
import { ruleOf } from './words.ts';

const TRIALS: readonly EventType[] = ['trial.settled'];
const DECISIONS: readonly EventType[] = ['trial.settled', 'trial.confirmed', 'candidate.promoted'];
/** What measures candidates. */
export const MEASURING: readonly EventType[] = [
  'noise.measured',
  'trial.settled',
  'measurement.recorded',
];
const BITS: readonly EventType[] = ['trial.confirmed'];
const SEALED: readonly EventType[] = ['holdout.sealed', 'holdout.queried'];

/** Every entry of some types, the whole ledger through: what a count is a count of. */
export function everyOf(tally: Tally, types: readonly EventType[]): EntrySpan {
  return { from: 1, to: tally.head.seq, types };
}

interface Count {
  readonly id: string;
  readonly value: number;
  /** Beside all those of the types. */
  readonly seqs?: readonly number[];
  readonly types: readonly EventType[];
  readonly how: string;
}

function addCount(tally: Tally, add: AddFact, { types, seqs = [], ...count }: Count): void {
  add({ ...count, text: countText(count.value), seqs, span: everyOf(tally, types) });
}

export function addTrialFacts(tally: Tally, add: AddFact): void {
  const counts = {
    'trials.total': [tally.trials, 'Settled trials of all arms, counted.'],
    'trials.considered': [tally.considered, 'Drafts the proposers looked at, summed over trials.'],
    'trials.admitted': [tally.admitted, 'Trials that entered an archive, counted.'],
  } as const;
  for (const [id, [value, how]] of Object.entries(counts)) {
    addCount(tally, add, { id, value, types: TRIALS, how });
  }
  const types: readonly EventType[] = [
    ...DECISIONS,
    ...(tally.steered.length > 0 ? (['study.steered'] as const) : []),
    ...(hasHoldout(tally) ? (['holdout.queried'] as const) : []),
    ...keeperTypes(tally),
  ];
  for (const [end, value] of tally.ends) {
    const how = `Trials of all arms that ended as ${end}, counted.`;
    addCount(tally, add, { id: `ends.${end}`, value, types, how });
  }
  for (const [outcome, value] of tally.outcomes) {
    const how = `Trials of all arms that were measured with the outcome ${outcome}, counted.`;
    addCount(tally, add, { id: `outcomes.${outcome}`, value, types: TRIALS, how });
  }
  addConfirmCounts(tally, add);
  addAlarms(tally, add);
  addOperators(tally, add);
  for (const event of tally.discarded) addDiscarded(tally, event, add);
}

/** What ends a trial between its acceptance and its promotion. */
function keeperTypes({ safety, approvals }: Tally): readonly EventType[] {
  return [
    ...(safety.judged.length > 0 ? (['gate.judged'] as const) : []),
    ...(approvals.size > 0 ? (['approval.requested', 'approval.decided'] as const) : []),
  ];
}

function addConfirmCounts(tally: Tally, add: AddFact): void {
  const confirmed: readonly EventType[] = ['trial.confirmed'];
  const levelled: readonly EventType[] = [
    ...confirmed,
    ...(hasHoldout(tally) ? (['holdout.queried'] as const) : []),
    ...keeperTypes(tally),
  ];
  addCount(tally, add, {
    id: 'promotions.total',
    value: tally.promotions.length,
    types: ['candidate.promoted'],
    how: 'Entries candidate.promoted, counted.',
  });
  addCount(tally, add, {
    id: 'confirms.main',
    value: tally.arms.get(MAIN_ARM)?.confirms ?? 0,
    types: confirmed,
    how: 'Concluded confirm attempts of the main arm, counted.',
  });
  if (ruleOf(tally.opened?.body.rule).mode === 'exact') return;
  add({
    id: 'confirms.alphaSpent',
    value: tally.alphaSpent,
    text: numberText(tally.alphaSpent),
    seqs: [],
    span: everyOf(tally, levelled),
    how: 'Levels of the main arm’s unconfirmed attempts, summed; an accepted attempt gives its level back.',
  });
  addHindsight(tally, add);
}

/** acceptance.md §2.3: once, over all attempts. Where the gate keeps the evidence there is none to sum up. */
function addHindsight({ evidence, opened, head }: Tally, add: AddFact): void {
  const { alpha } = ruleOf(opened?.body.rule);
  if (!opened || alpha === undefined || evidence.length === 0) return;
  const value = eBhDiscoveries(evidence, alpha);
  add({
    id: 'confirms.eBh',
    value,
    text: `${countText(value)} of ${countText(evidence.length)}, by e-BH at a false discovery rate of ${numberText(100 * alpha)} %: a summary, the decisions stand`,
    seqs: [opened.seq],
    span: { from: 1, to: head.seq, types: ['trial.confirmed'] },
    how: 'Of the attempts of the main arm, those whose stopped e-values hold together (Wang & Ramdas 2022). It decides nothing.',
  });
}

/** What the A/A arms found: whatever was accepted there is a false alarm. */
function addAlarms({ opened, arms, head }: Tally, add: AddFact): void {
  if (!opened) return;
  for (const { name } of opened.body.arms.filter(({ search }) => search === 'no-op')) {
    const { confirms = 0, climbs = [] } = arms.get(name) ?? {};
    const accepted = climbs.length;
    const source = {
      seqs: [opened.seq],
      span: { from: 1, to: head.seq, types: ['trial.confirmed'] as const },
    };
    const words = alarmWords({ confirms, accepted });
    const how = 'Concluded confirms of the A/A arm, and those accepted among them, counted.';
    add({ id: `alarm.${name}.words`, value: words, text: words, ...source, how });
    const count = { value: accepted, text: countText(accepted) };
    add({ id: `alarm.${name}.accepted`, ...count, ...source, how });
  }
}

function addOperators(tally: Tally, add: AddFact): void {
  for (const [i, one] of [...tally.operators.values()].entries()) {
    // Numbered as they first appear: an id holds no text that others wrote.
    const name = `operator.${i}`;
    const by = `${one.proposer}, ${one.operator}`;
    const span = everyOf(tally, TRIALS);
    add({
      id: `${name}.name`,
      value: by,
      text: by,
      seqs: [],
      span,
      how: 'Named by its trials.',
    });
    for (const kind of ['trials', 'admitted', 'challenged'] as const) {
      const how = `Trials of all arms by this proposer and operator (${kind}), counted.`;
      addCount(tally, add, {
        id: `${name}.${kind}`,
        value: one[kind],
        types: TRIALS,
        how,
      });
    }
  }
}

function addDiscarded(tally: Tally, event: Settled, add: AddFact): void {
  const { opened } = tally;
  const scores = scoresOf(event);
  const metric = metricOf(tally);
  const { unit } = metric;
  const level = levelOf(metric, scores);
  const id = `discarded.${event.trial}`;
  const { candidate, proposer, operator } = event.body;
  const seqs = [event.seq];
  add({
    id: `${id}.score`,
    value: level,
    text: screenText(metric, event),
    unit,
    n: scores.length,
    seqs: [...(opened ? [opened.seq] : []), event.seq],
    how: 'Mean of the screen scores, which are never reported as a gain.',
  });
  const how = 'As recorded when the trial was settled.';
  add({ id: `${id}.n`, value: scores.length, text: countText(scores.length), seqs, how });
  add({
    id: `${id}.trial`,
    value: event.trial ?? -1,
    text: countText(event.trial ?? -1),
    seqs,
    how,
  });
  add({ id: `${id}.candidate`, value: candidate, text: shortHash(candidate), seqs, how });
  const by = `${proposer}, ${operator}`;
  add({ id: `${id}.by`, value: by, text: by, seqs, how });
}

/** Confirms are recorded with their verdict, their pairs are not. */
function isOfBits({ opened }: Tally): boolean {
  return opened?.body.pool?.use === 'bit';
}

function hasHoldout({ holdout }: Tally): boolean {
  return holdout.sealed.length > 0;
}

export function addCostFacts(tally: Tally, add: AddFact): void {
  const evals = [
    ...MEASURING,
    ...(hasHoldout(tally) ? SEALED : []),
    ...(isOfBits(tally) ? BITS : []),
  ];
  // The entry that says by which fold they are charged.
  const seqs = tally.opened ? [tally.opened.seq] : [];
  for (const [name, arm] of tally.arms) {
    const how = `Evaluations charged to the arm ${name}: stages, screens, probes, references and confirms.`;
    addCount(tally, add, { id: `evals.${name}`, value: arm.evals, types: evals, seqs, how });
  }
  if (tally.claimEvals > 0)
    addCount(tally, add, {
      id: 'evals.claims',
      value: tally.claimEvals,
      types: evals,
      seqs,
      how: 'Evaluations of the noise floor, of the blocks that size gains and of sealed sets: they find nothing, and no arm pays for them.',
    });
  const searched = [...tally.arms.values()].reduce((sum, { evals: one }) => sum + one, 0);
  const { repeats = [], stages = [] } = tally.floor?.body ?? {};
  const staged = stages.reduce((sum, { values }) => sum + values.length, 0);
  const total = searched + tally.claimEvals + tally.finalEvals + 2 * (repeats.length + staged);
  addCount(tally, add, {
    id: 'evals.total',
    value: total,
    types: evals,
    seqs,
    how: 'Every evaluation in the ledger: all arms, the final comparison, and what the noise floor repeats.',
  });
  addCount(tally, add, {
    id: 'evals.final',
    value: tally.finalEvals,
    types: ['measurement.recorded'],
    how: 'Evaluations of the final comparison, charged to no arm because they decide nothing.',
  });
  addReuse(tally, add);
  addGivenUp(tally, add);
  addTimes(tally, add);
}

function addGivenUp({ closed }: Tally, add: AddFact): void {
  const value = closed?.meta.givenUpEvals;
  if (closed === undefined || value === undefined) return;
  const how =
    'Evaluations of the trials that were under way when the search ended: spent, settled nowhere and in no other count.';
  add({ id: 'evals.givenUp', value, text: countText(value), seqs: [closed.seq], how });
}

/** Only where a study asked for it. */
function addReuse(tally: Tally, add: AddFact): void {
  const { opened, screened, reused } = tally;
  if (!opened?.body.cache) return;
  const share = screened > 0 ? ` (${numberText((100 * reused) / screened)} %)` : '';
  add({
    id: 'evals.reused',
    value: reused,
    text: `${countText(reused)} of ${countText(screened)}${share}`,
    seqs: [opened.seq],
    span: everyOf(tally, TRIALS),
    how: 'Values of screens that an earlier trial of the epoch had: charged to the arm, not measured again, not counted against the budget.',
  });
}

function addTimes(tally: Tally, add: AddFact): void {
  const { active, cpuMs, resumed } = tally;
  add({
    id: 'cost.cpuMs',
    value: cpuMs,
    text: durationText(cpuMs),
    unit: 'ms',
    seqs: [],
    span: everyOf(tally, MEASURING),
    how: 'CPU time of all that was measured: trials, references, confirms, gains and comparisons. That of safety is apart.',
  });
  if (active.seq > 0) {
    const how = 'Active time at the last entry that carries one; pauses do not count.';
    add({
      id: 'cost.activeMs',
      value: active.ms,
      text: durationText(active.ms),
      unit: 'ms',
      seqs: [active.seq],
      how,
    });
  }
  const value = resumed.length;
  const how = 'Entries study.resumed, counted.';
  addCount(tally, add, { id: 'study.resumes', value, types: ['study.resumed'], how });
}
