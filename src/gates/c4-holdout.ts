/**
 * Check C4: a sealed hold-out behind the Ladder. It is asked about candidates that passed their
 * confirm and have their gain block, a fixed number of times per set; what it was asked and what it
 * answered is in its own record before the answer is given.
 */
import { addAnswer, answerOf, newSealedSet, type SealedSet } from '../claims/holdout.ts';
import type { Metric } from '../claims/orient.ts';
import { PacelineError } from '../core/errors.ts';
import { type GateEntry, readGateRows } from '../core/gate-chain.ts';
import type { Hash } from '../core/hash.ts';
import type { GateBody, GateKind, HoldoutSaid } from '../core/holdout.ts';
import type {
  GateStore,
  HoldoutGate,
  JudgeRequest,
  SealedMeasure,
  SealRequest,
} from './contract.ts';

export interface HoldoutGateParts {
  /** Called at the first use, when the caller holds the study. */
  readonly open: () => GateStore;
  readonly secretCommit: Hash;
  readonly promise: { readonly cases: number; readonly queries: number };
  readonly metric: Pick<Metric, 'goal' | 'kind'>;
  readonly sealed: SealedMeasure;
}

interface Gate extends HoldoutGateParts {
  readonly store: GateStore;
  readonly entries: GateEntry[];
  readonly sets: Map<number, SealedSet>;
}

/** Every call may throw `GATE_STORE` when the record is not what a gate of this study wrote. */
export function holdoutGate(parts: HoldoutGateParts): HoldoutGate {
  let known: Gate | undefined;
  const gate = (): Gate => (known ??= openGate(parts));
  return {
    requireEntry(stamp) {
      const { entries } = gate();
      if (stamp === undefined || entries[stamp.entry - 1]?.evidence === stamp.evidence) return;
      throw behind(stamp.entry, entries.length);
    },
    seal: async (request, signal) => seal(gate(), request, signal),
    judge: async (request, signal) => judge(gate(), request, signal),
    reveal: async (generation, candidate) => reveal(gate(), generation, candidate),
    close: () => known?.store.close(),
  };
}

function openGate(parts: HoldoutGateParts): Gate {
  const store = parts.open();
  const gate: Gate = { ...parts, store, entries: [], sets: new Map() };
  for (const entry of readGateRows(store.rows(), parts.secretCommit)) remember(gate, entry);
  return gate;
}

function remember(gate: Gate, entry: GateEntry): void {
  gate.entries.push(entry);
  const { metric, sets } = gate;
  if (entry.kind === 'sealed') {
    sets.set(entry.body.generation, newSealedSet(entry.body, metric));
    return;
  }
  const set = sets.get(entry.body.generation);
  if (set === undefined) return;
  if (entry.kind === 'judged') addAnswer(set, entry.body, metric);
  else set.isRetired = true;
}

function write<K extends GateKind>(gate: Gate, kind: K, body: GateBody<K>): GateEntry {
  const { entry, hash: evidence } = gate.store.append(kind, JSON.stringify(body));
  const written = { entry, kind, body, evidence } as unknown as GateEntry;
  remember(gate, written);
  return written;
}

type EntryOf<K extends GateKind> = Extract<GateEntry, { readonly kind: K }>;

function entriesOf<K extends GateKind>(gate: Gate, kind: K): readonly EntryOf<K>[] {
  return gate.entries.filter((one): one is EntryOf<K> => one.kind === kind);
}

async function seal(gate: Gate, request: SealRequest, signal: AbortSignal) {
  const last = entriesOf(gate, 'sealed').at(-1);
  const set = last && gate.sets.get(last.body.generation);
  if (last && set && !set.isRetired) return sealedSaid(last);
  const generation = (last?.body.generation ?? 0) + 1;
  const { candidate, step, isRepeatable } = request;
  const { values, evals } = await gate.sealed.measure(
    { generation, candidate, isRepeatable },
    signal,
  );
  if (generation === 1) refuseUnscored(values);
  const body = { generation, ...gate.promise, step, candidate: candidate.id, evals, values };
  return sealedSaid(write(gate, 'sealed', body) as EntryOf<'sealed'>);
}

function sealedSaid({ entry, evidence, body }: EntryOf<'sealed'>): HoldoutSaid<'holdout.sealed'> {
  const { values: _, ...said } = body;
  return { ...said, entry, evidence };
}

async function judge(gate: Gate, request: JudgeRequest, signal: AbortSignal) {
  const { candidate, against, generation, block } = request;
  const given = entriesOf(gate, 'judged').find(
    ({ body }) =>
      body.candidate === candidate.id &&
      body.against === against.id &&
      body.generation === generation,
  );
  if (given) return judgedSaid(given);
  const set = gate.sets.get(generation);
  if (set === undefined || set.isRetired) return undefined;
  const kept = request.isRepeatable ? set.values.get(against.id) : undefined;
  const { isRepeatable } = request;
  const question = { generation, candidate, against, isRepeatable, isAgainstKnown: !!kept };
  const measured = await gate.sealed.measure(question, signal);
  const { values, againstValues = kept ?? [], evals } = measured;
  const asked = { candidate: candidate.id, against: against.id, block, values, againstValues };
  const body = { ...asked, generation, ...answerOf(set, asked, gate.metric), evals };
  return judgedSaid(write(gate, 'judged', body) as EntryOf<'judged'>);
}

function judgedSaid({ entry, evidence, body }: EntryOf<'judged'>): HoldoutSaid<'holdout.queried'> {
  const { values: _values, againstValues: _againstValues, block: _block, ...said } = body;
  return { ...said, entry, evidence };
}

function reveal(gate: Gate, generation: number, candidate: Hash): HoldoutSaid<'holdout.revealed'> {
  const given = entriesOf(gate, 'revealed').find(({ body }) => body.generation === generation);
  if (given) return { ...given.body, entry: given.entry, evidence: given.evidence };
  const set = gate.sets.get(generation);
  if (set === undefined) throw new Error(`the gate never sealed set ${generation}`);
  const { base, asked: queries } = set;
  // In a course that the ledger lost, another may have been the incumbent.
  const shown = set.values.has(candidate) ? candidate : base;
  const valuesOf = (id: Hash) => set.values.get(id) ?? [];
  const compared = shown === base ? {} : { against: base, againstValues: valuesOf(base) };
  const cases = gate.sealed.cases(generation);
  const body = {
    generation,
    queries,
    candidate: shown,
    cases,
    values: valuesOf(shown),
    ...compared,
  };
  const { entry, evidence } = write(gate, 'revealed', body);
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

function behind(entry: number, held: number): PacelineError {
  return new PacelineError(
    'GATE_STORE',
    `The ledger names entry ${entry} of the gate's record, which holds ${held} entries and not that one: the record is an older copy or another study's. Restore the newer file, or start a new study; a hold-out whose questions are not all counted protects nothing.`,
    { entry, held },
  );
}
