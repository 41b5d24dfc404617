/**
 * The gate's own record beside the ledger: what a ledger alone cannot show is derived again here, and
 * what the ledger was told is compared with what the gate wrote.
 */
import { type CaseRule, casesFor } from '../claims/case-plan.ts';
import { addAnswer, answerOf, newSealedSet, type SealedSet, sizeOf } from '../claims/holdout.ts';
import { PacelineError } from '../core/errors.ts';
import type { EventBody } from '../core/events.ts';
import { type GateEntry, type GateRow, readGateRows } from '../core/gate-chain.ts';
import type { GateBody } from '../core/holdout.ts';
import { near, sameRecord } from './agreement.ts';
import type { Complain } from './evidence.ts';
import type { GateEvidence } from './holdout-evidence.ts';

export interface GateRecord {
  readonly gateRows: readonly GateRow[] | undefined;
  readonly lost?: ReadonlySet<string> | undefined;
}

/** Undefined where there is no record, or none that can be followed. */
export function openGateEvidence(
  { gateRows: rows, lost = new Set() }: GateRecord,
  { secretCommit, metric, origin, holdout, pool, gates }: EventBody['study.opened'],
  complain: Complain,
): GateEvidence | undefined {
  if (gates === undefined && rows?.some(({ kind }) => kind === 'verdict')) {
    complain(
      'gate',
      'The gate’s record beside it holds verdicts, and this ledger promised no gates: its beginning was written anew.',
    );
  }
  const isKept = holdout !== undefined || pool?.use === 'bit' || gates !== undefined;
  if (rows === undefined || !isKept) return undefined;
  try {
    const entries = readGateRows(rows, secretCommit);
    checkAnswers(entries, metric, complain);
    checkPlans(entries, { origin, promised: gates?.caseRule }, complain);
    return { entries, caseRule: gates?.caseRule, named: new Set(), lost };
  } catch (error) {
    if (!PacelineError.is(error)) throw error;
    complain('gate', error.message);
    return undefined;
  }
}

type Metric = EventBody['study.opened']['metric'];

/** Every answer follows from the values the gate kept. */
function checkAnswers(entries: readonly GateEntry[], metric: Metric, complain: Complain): void {
  const sets = new Map<number, SealedSet>();
  for (const { kind, body, entry } of entries) {
    if (kind !== 'sealed' && kind !== 'judged' && kind !== 'revealed') continue;
    if (kind === 'sealed') sets.set(body.generation, newSealedSet(body, metric));
    const set = sets.get(body.generation);
    if (set === undefined || (kind === 'judged' && set.isRetired)) {
      complain('gate', `Entry ${entry} of the gate's record is about a set that answers nothing.`);
      continue;
    }
    if (kind === 'revealed') set.isRetired = true;
    if (kind !== 'judged') continue;
    const { query, verdict, gate, why, queriesLeft, retired } = body;
    const said = { query, verdict, gate, why, queriesLeft, retired };
    const none = { why: undefined, retired: undefined };
    if (!sameRecord(said, { ...none, ...answerOf(set, body, metric) })) {
      const what = `"${verdict}", ${gate}, ${queriesLeft} left`;
      complain('gate', `Entry ${entry} of the gate's record answers ${what}; its values do not.`);
    }
    addAnswer(set, body, metric);
  }
}

/**
 * The number of cases follows from the promised rule and the origin's cost, and was fixed before the first verdict. A
 * study of before promised no rule: its plan is made where it goes on, after verdicts that had none.
 */
function checkPlans(
  entries: readonly GateEntry[],
  { origin, promised }: { readonly origin: string; readonly promised: CaseRule | undefined },
  complain: Complain,
): void {
  const plans = entries.flatMap((one) => (one.kind === 'planned' ? [one] : []));
  const first = entries.find(({ kind }) => kind === 'verdict')?.entry ?? Number.POSITIVE_INFINITY;
  for (const { entry, body } of plans) {
    const { rule, cost, cases } = body;
    const at = `Entry ${entry} of the gate's record`;
    if (body.origin !== origin) complain('gate', `${at} plans the cases of another origin.`);
    const due = casesFor(rule, cost);
    if (due !== cases)
      complain('gate', `${at} plans ${cases} cases; its rule and cost give ${due}.`);
    if (promised !== undefined && !sameRecord(rule, promised)) {
      complain('gate', `${at} plans cases by another rule than the study promised.`);
    }
    if (promised !== undefined && entry > first) {
      complain('gate', `${at} plans cases after a verdict was given.`);
    }
  }
  if (plans.length > 1) complain('gate', "The gate's record plans the cases of one origin twice.");
}

/** As many cases as were planned: a candidate that passes was asked all of them. */
function checkCases(
  { entries, caseRule }: GateEvidence,
  { propertyCases, findings }: GateBody<'verdict'>,
  complain: Complain,
): void {
  const found = findings.find(({ check, verdict }) => check === 'C5' && verdict === 'pass');
  if (propertyCases === undefined) {
    if (found === undefined || caseRule === undefined) return;
    complain('gate', `It passes on ${found.cases} cases of each property, and none were planned.`);
    return;
  }
  const isPlanned = entries.some(
    ({ kind, body }) => kind === 'planned' && body.cases === propertyCases,
  );
  if (!isPlanned) complain('gate', `It names ${propertyCases} cases that were never planned.`);
  if (found !== undefined && found.cases !== propertyCases) {
    const said = `${found.cases} cases of each property, not the ${propertyCases} planned`;
    complain('gate', `It passes on ${said}.`);
  }
}

type Told =
  | EventBody['holdout.sealed']
  | EventBody['holdout.queried']
  | EventBody['holdout.revealed'];

export interface JudgedBy {
  readonly gate: GateEvidence;
  /** Checks that the study promised. */
  readonly floor: readonly string[];
  /** Of the gatekeeper that joined last. */
  readonly digest: string | undefined;
}

/**
 * The gate that joined wrote that verdict about these two. Its own findings give it, and no others: what passed
 * has one of every check that was promised.
 */
export function checkVerdict(
  { gate, floor, digest }: JudgedBy,
  told: EventBody['gate.judged'],
  complain: Complain,
): void {
  const { key: _key, signature: _signature, needsPerson, sampled, ...said } = told;
  const found = checkTold(gate, said, complain);
  if (found?.kind !== 'verdict') return;
  const { findings, verdict } = found.body;
  checkCases(gate, found.body, complain);
  if (gate.lost.has(found.evidence)) {
    complain(
      'evidence',
      'Its evidence is gone or was altered: nothing stands behind that verdict.',
    );
  }
  if (digest !== undefined && found.body.digest !== digest) {
    complain('gate', 'Another gate judged it than the one that joined.');
  }
  const hasFailed = findings.some((one) => one.verdict === 'fail');
  const isAbsent = (name: string): boolean => findings.every(({ check }) => check !== name);
  const isOpen =
    findings.length === 0 ||
    findings.some((one) => one.verdict === 'inconclusive') ||
    floor.some(isAbsent);
  const due = hasFailed ? 'fail' : isOpen ? 'deferred' : 'pass';
  if (verdict !== due) complain('gate', `Its findings give "${due}", not "${verdict}".`);
  const asksPerson = findings.some((one) => one.needsPerson !== undefined);
  if (asksPerson !== (needsPerson ?? false)) {
    complain('gate', 'Whether a person has to agree is not what its findings say.');
  }
  if ((found.body.sampled !== undefined) !== (sampled ?? false)) {
    complain('gate', 'Whether its promotion is audited at once is not what the gate wrote.');
  }
}

type Unsigned<B> = Omit<B, 'key' | 'signature'>;

/** What the ledger was told stands in the gate's record, word for word. */
export function checkTold(
  gate: GateEvidence,
  told:
    | Told
    | EventBody['gate.rated']
    | Unsigned<EventBody['gate.judged']>
    | Unsigned<EventBody['audit.finished']>,
  complain: Complain,
): GateEntry | undefined {
  const { entry, evidence, ...said } = told;
  const found = gate.entries[entry - 1];
  gate.named.add(entry);
  if (found?.evidence !== evidence) {
    const held = `it holds ${gate.entries.length} entries`;
    complain(
      'gate',
      `The gate's record has no such entry ${entry} (${held}): it is an older copy.`,
    );
    return undefined;
  }
  const written: object = found.body;
  const isSame = Object.entries(said).every(
    ([key, value]) => JSON.stringify(value) === JSON.stringify(Reflect.get(written, key)),
  );
  if (!isSame) complain('gate', `Entry ${entry} of the gate's record says something else.`);
  return found;
}

/** The question was about the block that the ledger holds. */
export function checkAsked(
  found: GateEntry | undefined,
  block: readonly number[],
  complain: Complain,
): void {
  if (found?.kind !== 'judged') return;
  const due = sizeOf(block);
  const { mean, sd, n } = found.body.block;
  const most = Math.max(Math.abs(mean), sd);
  if (n === due.n && near(mean, due.mean, most) && near(sd, due.sd, most)) return;
  complain('gate', 'The gate was asked about another block than the one recorded here.');
}

const ANSWERS: ReadonlySet<string> = new Set(['judged', 'pooled', 'verdict', 'audit']);

/** Answers that this ledger does not hold: of a course it lost, or cut off before they were recorded. */
export function unnamedAnswers({ entries, named }: GateEvidence): number {
  return entries.filter(({ kind, entry }) => ANSWERS.has(kind) && !named.has(entry)).length;
}
