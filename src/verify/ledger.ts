/**
 * `verify`: from a ledger alone, are these the entries that were written, and does every decision
 * follow from the evidence recorded before it? Shares the rule (`claims`, `stats`) with the loop and
 * none of the loop's own code.
 */
import type { Archive } from '../archives/contract.ts';
import { PacelineError } from '../core/errors.ts';
import { decodeRow, type EventRow, type StoredEvent } from '../core/events.ts';
import type { GateRow } from '../core/gate-chain.ts';
import { type KeyRing, readKeyRecords } from '../core/key-records.ts';
import type { PublishedRoots } from '../core/published-roots.ts';
import type { Ledger } from '../stores/contract.ts';
import { type Anchor, anchorOf } from './anchor.ts';
import { checkFreshness } from './cases.ts';
import { verifyChain } from './chain.ts';
import { checkClosed, checkResumed } from './closed.ts';
import { checkCompared } from './compared.ts';
import { checkConfirmed, checkPromoted } from './confirmed.ts';
import type {
  Check,
  Checked,
  Complain,
  Evidence,
  FollowOnReader,
  KeyOf,
  ReachOf,
} from './evidence.ts';
import type { Finding } from './finding.ts';
import { checkProposedNext } from './follow-ons.ts';
import { checkForecastMade } from './foreseen.ts';
import { unnamedAnswers } from './gate-record.ts';
import { checkQueried, checkRevealed, checkSealed } from './holdout.ts';
import { checkIslands } from './islands.ts';
import { checkMeasurement, checkNoise } from './measured.ts';
import { openEvidence } from './opened.ts';
import { checkPace, followPace } from './paced.ts';
import { checkBooked, checkMade, checkReserved, checkStep } from './paid.ts';
import { keysDiffer, type RootWatch, UNWATCHED, watchRoots } from './published.ts';
import { blindSpots, type VerifyReport } from './report.ts';
import { SAFETY_CHECKS } from './safety.ts';
import { checkSettled } from './settled.ts';
import { checkSteered } from './steered.ts';
import { newWhereabouts, type Whereabouts } from './whereabouts.ts';

export interface VerifyOptions {
  /** Empty archive of the kind the study used: admissions are derived again with it. */
  readonly archive: Archive;
  /** Key of a candidate's text, where it can be told here; undefined for a text it cannot be told of. */
  readonly keyOf?: KeyOf;
  /** What its text reaches for beyond the origin, where it can be told here: people may have ruled about it. */
  readonly reachOf?: ReachOf;
  /** How follow-ons are made and read, where it can be told here: else only their form is checked. */
  readonly followOnReader?: FollowOnReader;
  /** Heads noted elsewhere: `seq:hash` or the hash alone. */
  readonly heads?: readonly string[];
  /** Roots kept in a second place. */
  readonly published?: PublishedRoots;
  /** Records of the signing keys, where they are here: else those that were published count. */
  readonly keys?: PublishedRoots['keys'];
  /** Why they could not be read. */
  readonly withoutKeys?: string;
  /** The gate's own record, where it is here: what was sealed is derived again from it. */
  readonly gateRows?: readonly GateRow[] | undefined;
  /** Entries of that record, by hash, of which the evidence is gone or was altered. */
  readonly lost?: ReadonlySet<string> | undefined;
}

/** A destroyed ledger has a finding per entry; the first hundred say where to look. */
const LISTED_FINDINGS = 100;

/**
 * Reads the durable part twice, a page at a time: first the chain, then the decisions.
 * @throws PacelineError `USAGE` for a head that is not one.
 */
export async function verifyLedger(
  ledger: Pick<Ledger, 'rows' | 'durable'>,
  options: VerifyOptions,
): Promise<VerifyReport> {
  const anchor = anchorOf(options.heads ?? []);
  const roots = options.published ? watchRoots(options.published) : UNWATCHED;
  const upTo = ledger.durable.seq;
  const pass = newPass(options);
  const { where } = pass;
  const chain = await verifyChain(watched(rowsUpTo(ledger, upTo), { anchor, roots, pass }));
  pass.findings.push(...chain.findings);
  for (const { seq } of chain.findings) where.breakAt(seq);
  if (chain.head.seq < upTo) {
    const detail = `The store counts ${upTo} entries; the rows end at ${chain.head.seq}.`;
    pass.findings.push({ seq: chain.head.seq + 1, kind: 'order', detail });
  }
  pass.findings.push(...anchor.findings(chain.head.seq, where), ...roots.findings(where));
  for await (const page of rowsUpTo(ledger, upTo)) {
    for (const row of page) {
      rederive(pass, row);
      pass.study?.signing.since.push(row.hash);
    }
  }
  return reportOf(pass, { seq: chain.head.seq, hash: chain.head.hash, anchor });
}

/** What the second pass knows so far. */
interface Pass {
  readonly archive: Archive;
  readonly keyOf: KeyOf | undefined;
  readonly reachOf: ReachOf | undefined;
  readonly followOnReader: FollowOnReader | undefined;
  readonly findings: Finding[];
  readonly checked: Checked;
  readonly gateRows: readonly GateRow[] | undefined;
  readonly lost: ReadonlySet<string> | undefined;
  readonly ring: KeyRing | undefined;
  readonly keys: PublishedRoots['keys'] | undefined;
  readonly withoutKeys: string | undefined;
  readonly published: PublishedRoots | undefined;
  readonly where: Whereabouts;
  secret: string | undefined;
  gateSecret: string | undefined;
  study: Evidence | undefined;
  /** An entry that could not be read or followed: from there on only form is checked. */
  lostAt: number | undefined;
}

function newPass(options: VerifyOptions): Pass {
  const { archive, keyOf, reachOf, followOnReader, gateRows, lost, published, withoutKeys } =
    options;
  const keys = options.keys ?? published?.keys;
  const ring = keys && readKeyRecords(keys).ring;
  const signing = { ring, published, keys, withoutKeys, where: newWhereabouts() };
  const checked = { entries: 0, trials: 0, confirms: 0, promotions: 0, comparisons: 0, cases: 0 };
  const unknown = { secret: undefined, gateSecret: undefined, study: undefined, lostAt: undefined };
  const outside = { archive, keyOf, reachOf, followOnReader, gateRows, lost };
  return { ...outside, findings: [], checked, ...signing, ...unknown };
}

/** What was durable at the start: a running study goes on meanwhile. */
async function* rowsUpTo(
  ledger: Pick<Ledger, 'rows'>,
  upTo: number,
): AsyncGenerator<readonly EventRow[]> {
  for await (const page of ledger.rows(0)) {
    const wanted = page.filter(({ seq }) => seq <= upTo);
    if (wanted.length > 0) yield wanted;
    if (wanted.length < page.length) return;
  }
}

interface Watch {
  readonly anchor: Anchor;
  readonly roots: RootWatch;
  readonly pass: Pass;
}

/** Passes the rows on, and notes on the way what the second pass needs beforehand. */
async function* watched(
  pages: AsyncIterable<readonly EventRow[]>,
  { anchor, roots, pass }: Watch,
): AsyncGenerator<readonly EventRow[]> {
  for await (const page of pages) {
    for (const row of page) {
      anchor.see(row);
      roots.see(row);
      if (row.type === 'study.closed') pass.secret ??= revealedBy(row);
      if (row.type === 'gatekeeper.left') pass.gateSecret ??= revealedBy(row);
    }
    yield page;
  }
}

function revealedBy(row: EventRow): string | undefined {
  try {
    const event = decodeRow(row);
    const isOne = event.type === 'study.closed' || event.type === 'gatekeeper.left';
    return isOne ? event.body.revealedSecret : undefined;
  } catch {
    return undefined;
  }
}

function rederive(pass: Pass, row: EventRow): void {
  pass.checked.entries += 1;
  const complain: Complain = (kind, detail) => pass.findings.push({ seq: row.seq, kind, detail });
  const event = readOrLose(pass, row, complain);
  if (event === undefined || pass.lostAt !== undefined) return;
  if (pass.study === undefined) {
    open(pass, event, complain);
    return;
  }
  if (pass.study.isClosed) {
    complain('order', `${event.type} stands after the study's end.`);
    pass.where.breakAt(pass.checked.entries);
    return;
  }
  checkPace(pass.study, event, complain);
  CHECKS[event.type](pass.study, event as never, complain);
  followPace(pass.study, event, complain);
}

/** An unreadable entry is one finding; what follows from it cannot be told any more. */
function readOrLose(pass: Pass, row: EventRow, complain: Complain): StoredEvent | undefined {
  try {
    return decodeRow(row);
  } catch (error) {
    if (!PacelineError.is(error)) throw error;
    complain(error.code === 'LEDGER_VERSION' ? 'rule-unavailable' : 'body', error.message);
    pass.lostAt ??= row.seq;
    return undefined;
  }
}

function open(pass: Pass, event: StoredEvent, complain: Complain): void {
  if (event.type === 'study.opened') {
    pass.study = openEvidence(event, pass, complain);
    checkWhose(pass, event.body, complain);
    if (pass.study) followPace(pass.study, event, complain);
  }
  if (event.type !== 'study.opened')
    complain('order', `The ledger begins with ${event.type}; a study opens first.`);
  if (pass.study === undefined) pass.lostAt = event.seq;
}

function checkWhose(
  { published, keys = [] }: Pass,
  { secretCommit }: Evidence['opened'],
  complain: Complain,
): void {
  if (published === undefined) return;
  if (published.commit !== secretCommit) {
    complain('root', 'What was published are the roots of another study.');
  }
  if (keysDiffer(published, keys)) {
    complain('key-unknown', 'The published records of the signing keys are not those kept here.');
  }
}

const CHECKS: { readonly [T in StoredEvent['type']]: Check<T> } = {
  'study.opened': (_study, _event, complain) => complain('order', 'The study opens a second time.'),
  'study.resumed': checkResumed,
  'study.steered': checkSteered,
  'study.closed': checkClosed,
  'spend.reserved': checkReserved,
  'spend.settled': checkBooked,
  'proposal.made': checkMade,
  'proposal.step': checkStep,
  'forecast.made': checkForecastMade,
  'follow-ons.proposed': checkProposedNext,
  'noise.measured': checkNoise,
  'trial.settled': checkSettled,
  'measurement.recorded': checkMeasurement,
  'trial.confirmed': checkConfirmed,
  'candidate.promoted': checkPromoted,
  'arm.compared': checkCompared,
  'islands.compared': checkIslands,
  'holdout.sealed': checkSealed,
  'holdout.queried': checkQueried,
  'holdout.revealed': checkRevealed,
  ...SAFETY_CHECKS,
};

function located({ where }: Pass): Pick<VerifyReport, 'altered'> {
  return where.altered ? { altered: where.altered } : {};
}

interface End {
  readonly seq: number;
  readonly hash: string;
  readonly anchor: Anchor;
}

function publishedOf({ published }: Pass): Pick<VerifyReport, 'published'> {
  if (published === undefined) return {};
  const { roots } = published;
  return { published: { roots: roots.length, to: roots.at(-1)?.to ?? 0 } };
}

function reportOf(pass: Pass, { seq, hash, anchor }: End): VerifyReport {
  const { study, lostAt, checked } = pass;
  const freshness = study && checkFreshness(study);
  const findings = [...pass.findings, ...(freshness?.findings ?? [])];
  findings.sort((a, b) => a.seq - b.seq);
  const state = anchor.state();
  return {
    ok: findings.length === 0 && lostAt === undefined,
    isUnverified: findings.length > 0 && findings.every(({ kind }) => kind === 'rule-unavailable'),
    head: { seq, hash },
    anchor: state,
    ...publishedOf(pass),
    ...located(pass),
    checked,
    findings: findings.slice(0, LISTED_FINDINGS),
    findingCount: findings.length,
    blind: blindSpots({
      anchoredTo: Math.min(pass.where.vouched, seq),
      lastSeq: seq,
      withoutKeys: pass.withoutKeys,
      study,
      lostAt,
      areRepeatsChance: freshness?.isBlind ?? false,
      lostAnswers: study?.gate ? unnamedAnswers(study.gate) : 0,
    }),
  };
}
