/**
 * Check C4: a sealed hold-out behind the Ladder. It is asked about candidates that passed their
 * confirm and have their gain block, a fixed number of times per set; what it was asked and what it
 * answered is in its own record before the answer is given.
 */
import { addAnswer, answerOf, newSealedSet, type SealedSet } from '../claims/holdout.ts';
import type { Metric } from '../claims/orient.ts';
import { PacelineError } from '../core/errors.ts';
import type { GateEntry } from '../core/gate-chain.ts';
import type { Hash } from '../core/hash.ts';
import type { HoldoutSaid } from '../core/holdout.ts';
import type { HoldoutGate, JudgeRequest, SealedMeasure, SealRequest } from './contract.ts';
import { type EntryOf, type Kept, type KeptParts, openKept } from './kept.ts';

export interface HoldoutGateParts extends KeptParts {
  readonly promise: {
    readonly cases: number;
    readonly queries: number;
    /** √n of them retire a set; absent in studies of before. */
    readonly promotions?: number;
    /** Whose secret the cases of the next set follow from; absent: the study's. */
    readonly secret?: 'gatekeeper';
  };
  readonly metric: Pick<Metric, 'goal' | 'kind'>;
  readonly sealed: SealedMeasure;
}

interface Gate extends HoldoutGateParts {
  readonly kept: Kept;
  readonly sets: ReadonlyMap<number, SealedSet>;
}

/** Every call may throw `GATE_STORE` when the record is not what a gate of this study wrote. */
export function holdoutGate(parts: HoldoutGateParts): HoldoutGate {
  let known: Gate | undefined;
  const gate = (): Gate => (known ??= openGate(parts));
  return {
    requireEntry: (stamp) => gate().kept.require(stamp),
    seal: async (request, signal) => seal(gate(), request, signal),
    judge: async (request, signal) => judge(gate(), request, signal),
    reveal: async (generation, candidate) => reveal(gate(), generation, candidate),
    close: () => known?.kept.close(),
  };
}

function openGate(parts: HoldoutGateParts): Gate {
  const sets = new Map<number, SealedSet>();
  const kept = openKept(parts, (entry) => remember(sets, entry, parts.metric));
  return { ...parts, kept, sets };
}

function remember(
  sets: Map<number, SealedSet>,
  entry: GateEntry,
  metric: HoldoutGateParts['metric'],
): void {
  if (entry.kind === 'sealed') {
    sets.set(entry.body.generation, newSealedSet(entry.body, metric));
    return;
  }
  if (entry.kind !== 'judged' && entry.kind !== 'revealed') return;
  const set = sets.get(entry.body.generation);
  if (set === undefined) return;
  if (entry.kind === 'judged') addAnswer(set, entry.body, metric);
  else set.isRetired = true;
}

async function seal(gate: Gate, request: SealRequest, signal: AbortSignal) {
  const last = gate.kept.of('sealed').at(-1);
  const set = last && gate.sets.get(last.body.generation);
  if (last && set && !set.isRetired) return sealedSaid(last);
  const generation = (last?.body.generation ?? 0) + 1;
  const { candidate, step, isRepeatable } = request;
  const question = { generation, candidate, isRepeatable };
  const { values, evals } = await gate.sealed.measure(question, signal);
  if (generation === 1) refuseUnscored(values);
  const body = { generation, ...gate.promise, step, candidate: candidate.id, evals, values };
  return sealedSaid(gate.kept.write('sealed', body));
}

function sealedSaid({ entry, evidence, body }: EntryOf<'sealed'>): HoldoutSaid<'holdout.sealed'> {
  const { values: _, ...said } = body;
  return { ...said, entry, evidence };
}

async function judge(gate: Gate, request: JudgeRequest, signal: AbortSignal) {
  const { candidate, against, generation, block, isRepeatable } = request;
  const given = gate.kept
    .of('judged')
    .find(
      ({ body }) =>
        body.candidate === candidate.id &&
        body.against === against.id &&
        body.generation === generation,
    );
  if (given) return judgedSaid(given);
  const set = gate.sets.get(generation);
  if (set === undefined || set.isRetired) return undefined;
  const known = isRepeatable ? set.values.get(against.id) : undefined;
  const question = { generation, candidate, against, isRepeatable, isAgainstKnown: !!known };
  const measured = await gate.sealed.measure(question, signal);
  const { values, againstValues = known ?? [], evals } = measured;
  const asked = { candidate: candidate.id, against: against.id, block, values, againstValues };
  const body = { ...asked, generation, ...answerOf(set, asked, gate.metric), evals };
  return judgedSaid(gate.kept.write('judged', body));
}

function judgedSaid({ entry, evidence, body }: EntryOf<'judged'>): HoldoutSaid<'holdout.queried'> {
  const { values: _values, againstValues: _againstValues, block: _block, ...said } = body;
  return { ...said, entry, evidence };
}

function reveal(gate: Gate, generation: number, candidate: Hash): HoldoutSaid<'holdout.revealed'> {
  const given = gate.kept.of('revealed').find(({ body }) => body.generation === generation);
  if (given) return { ...given.body, entry: given.entry, evidence: given.evidence };
  const set = gate.sets.get(generation);
  if (set === undefined) throw new Error(`the gate never sealed set ${generation}`);
  const { base, asked: queries } = set;
  // In a course that the ledger lost, another may have been the incumbent.
  const shown = set.values.has(candidate) ? candidate : base;
  const valuesOf = (id: Hash) => set.values.get(id) ?? [];
  const compared = shown === base ? {} : { against: base, againstValues: valuesOf(base) };
  const body = {
    generation,
    queries,
    candidate: shown,
    cases: gate.sealed.cases(generation),
    values: valuesOf(shown),
    ...compared,
  };
  const { entry, evidence } = gate.kept.write('revealed', body);
  return { ...body, entry, evidence };
}

/** A Ladder that starts nowhere would call anything an improvement. */
function refuseUnscored(values: readonly (number | null)[]): void {
  const unscored = values.filter((one) => one === null).length;
  if (unscored === 0) return;
  throw new PacelineError(
    'ORIGIN_FAILED',
    `The origin has no score on ${unscored} of ${values.length} sealed cases, so nothing could be compared on them. Run the evaluator on the origin with more seeds by hand, mend what fails, then start again.`,
    { unscored, cases: values.length },
  );
}
