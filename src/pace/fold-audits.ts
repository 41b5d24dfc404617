/** Deep audits and rollbacks, folded. */
import { PacelineError } from '../core/errors.ts';
import type { StoredEvent } from '../core/events.ts';
import { TIMES_KEPT } from './rules.ts';
import type { OpenAudit, PaceState } from './state.ts';

export function unfit(seq: number, what: string): PacelineError {
  return new PacelineError(
    'LEDGER_ALTERED',
    `Entry ${seq} ${what}. Run paceline verify and restore a copy.`,
    { seq },
  );
}

/** One at a time, numbered from 1. */
export function applyOpened(state: PaceState, { body, seq }: StoredEvent<'audit.opened'>): void {
  const { audit, from, to, promotions, why, cpuMs } = body;
  const { rollbacks, gate } = state;
  if (state.audit) throw unfit(seq, `opens an audit while audit ${state.audit.audit} is open`);
  if (audit !== state.audits + 1) throw unfit(seq, `opens audit ${audit} out of turn`);
  state.audits = audit;
  if (state.ahead?.candidate === to) {
    state.tooShortMs = Math.max(state.tooShortMs, state.ahead.cpuMs ?? 0);
  }
  const isAhead = to !== state.incumbent;
  state.audit = { audit, from, to, promotions, isAhead, why, cpuMs, rollbacks, gate };
}

export function applyFinished(
  state: PaceState,
  { body, seq }: StoredEvent<'audit.finished'>,
): void {
  const open = state.audit;
  if (open?.audit !== body.audit) throw unfit(seq, `ends audit ${body.audit}, which is not open`);
  state.audit = undefined;
  state.auditMs = [...state.auditMs, body.tookMs].slice(-TIMES_KEPT);
  if (body.verdict === 'deferred') {
    state.deferrals += 1;
    state.isEndDeferred = open.why === 'end';
    return;
  }
  state.deferrals = 0;
  if (body.verdict === 'fail') fail(state, open);
  else if (isOfNow(state, open)) certify(state, open, body.completeness);
}

/** Nothing was rolled back since, and no other gate judges: else the pass is of what is gone. */
function isOfNow({ rollbacks, certified, gate }: PaceState, open: OpenAudit): boolean {
  return open.rollbacks === rollbacks && open.from === certified.candidate && open.gate === gate;
}

/** What failed is barred for good, whatever became of it; where the incumbent comes from it, that goes too. */
function fail(state: PaceState, { audit, to }: OpenAudit): void {
  state.quarantined = withEach(state.quarantined, [to]);
  const isBelow = [state.certified, ...state.unaudited].some(({ candidate }) => candidate === to);
  if (isBelow) state.failed = audit;
}

function certify(state: PaceState, open: OpenAudit, completeness: number): void {
  if (open.isAhead) {
    const { to: candidate, from, cpuMs } = open;
    state.ahead = { candidate, from, completeness, cpuMs };
    return;
  }
  const covered = state.unaudited.filter(({ promotion }) => promotion <= open.promotions);
  const debt = covered.reduce((sum, one) => sum + one.debt, state.gateDebt);
  const gain = covered.reduce((sum, one) => sum + one.gain, state.certified.gain);
  const last = covered.at(-1);
  state.residue += debt * (1 - completeness);
  state.gateDebt = 0;
  if (last) state.certified = { candidate: last.candidate, level: last.level, gain };
  state.unaudited = state.unaudited.slice(covered.length);
}

export function applyRolledBack(
  state: PaceState,
  { body, seq }: StoredEvent<'candidate.rolled-back'>,
): void {
  const { certified } = state;
  if (body.from !== state.incumbent || body.to !== certified.candidate) {
    throw unfit(seq, 'rolls back to what was not certified last');
  }
  if (state.unaudited.length > 0) state.failed = undefined;
  state.quarantined = withEach(state.quarantined, body.quarantined);
  state.incumbent = certified.candidate;
  state.level = certified.level;
  state.unaudited = [];
  state.ahead = undefined;
  state.rollbacks += 1;
}

function withEach<T>(known: readonly T[], more: readonly T[]): readonly T[] {
  return [...known, ...more.filter((one) => !known.includes(one))];
}
