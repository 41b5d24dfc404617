/**
 * A ledger as rows, one for each trial that settled. A row waits for what becomes of it: a challenger is
 * confirmed, judged and promoted before the next trial settles, so that no more than one waits. But for
 * those of which a person is asked, a few at most: their rows come once that is decided.
 */
import { pairEvals } from '../../claims/pairs.ts';
import type { EventBody, EventType, StoredEvent } from '../../core/events.ts';
import type { TrialEnd } from '../../core/trial-state.ts';
import type { ExportSource } from '../contract.ts';
import { escapeControl } from '../plain-text.ts';
import { MAIN_ARM } from '../report/tally.ts';
import type { TrialRow } from './columns.ts';
import { settledRow } from './settled-row.ts';

interface Fold {
  readonly study: string;
  opened: EventBody['study.opened'] | undefined;
  /** Settled, and not yet written. */
  waiting: TrialRow | undefined;
  /** Of trials that wait for a person. */
  readonly parked: Map<number, ExportedTrial>;
  /** Tokens by the trial that its calls are for: of those under way alone. */
  readonly tokens: Map<number, Tokens | 'unknown'>;
  /** Its candidate. */
  text: string;
  /** What the deep audit under way is of. */
  audited: string | undefined;
  ready: ExportedTrial[];
}

/** A row, and the candidate's text beside it, exactly as recorded. */
export interface ExportedTrial {
  readonly row: Readonly<TrialRow>;
  readonly text: string;
}

interface Tokens {
  readonly input: number;
  readonly output: number;
}

export async function* trialRows({
  study,
  entries,
}: Pick<ExportSource, 'study' | 'entries'>): AsyncGenerator<readonly ExportedTrial[]> {
  const fold: Fold = {
    study,
    opened: undefined,
    waiting: undefined,
    parked: new Map(),
    tokens: new Map(),
    text: '',
    audited: undefined,
    ready: [],
  };
  for await (const page of entries()) {
    for (const event of page) {
      const follow = HANDLERS[event.type] as ((f: Fold, e: StoredEvent) => void) | undefined;
      follow?.(fold, event);
    }
    yield fold.ready.splice(0);
  }
  release(fold);
  yield [...fold.ready, ...fold.parked.values()];
}

function release(fold: Fold): void {
  if (fold.waiting) fold.ready.push({ row: fold.waiting, text: fold.text });
  fold.waiting = undefined;
}

const HANDLERS: { readonly [T in EventType]?: (fold: Fold, event: StoredEvent<T>) => void } = {
  'study.opened': (fold, { body }) => {
    fold.opened = body;
  },
  'trial.settled': (fold, event) => {
    release(fold);
    fold.waiting = { ...settledRow(fold.study, fold.opened, event), ...tokensOf(fold, event) };
    fold.text = event.body.text;
    if (event.body.end !== null) release(fold);
  },
  'spend.settled': addTokens,
  'measurement.recorded': ({ waiting }, { body }) => {
    if (!waiting || waiting.candidate !== body.candidate) return;
    if (body.purpose === 'confirm')
      waiting.confirm_evals = (waiting.confirm_evals ?? 0) + pairEvals(body);
    if (body.purpose === 'block')
      waiting.block_evals = (waiting.block_evals ?? 0) + pairEvals(body);
  },
  'trial.confirmed': confirmed,
  'holdout.queried': (fold, { body, meta }) => {
    if (fold.waiting) fold.waiting.holdout = body.verdict;
    if (body.gate === 'fail') end(fold, { as: 'gate-failed', at: meta.at });
  },
  'gate.judged': (fold, { body, meta }) => {
    if (body.verdict !== 'pass') {
      end(fold, { as: body.verdict === 'fail' ? 'gate-failed' : 'expired', at: meta.at });
    }
  },
  'audit.opened': (fold, { body }) => {
    fold.audited = body.to;
  },
  'audit.finished': (fold, { body, meta }) => {
    const isAhead = fold.waiting !== undefined && fold.waiting.candidate === fold.audited;
    if (body.verdict === 'fail' && isAhead) end(fold, { as: 'gate-failed', at: meta.at });
  },
  'study.steered': (fold, { body, meta }) => {
    const { declines } = body;
    if (declines !== undefined && declines === fold.waiting?.trial)
      end(fold, { as: 'declined', at: meta.at });
  },
  'approval.requested': (fold, { trial }) => {
    const { waiting, text, parked } = fold;
    if (!waiting || waiting.trial !== trial) return;
    parked.set(trial, { row: waiting, text });
    fold.waiting = undefined;
  },
  'approval.decided': decided,
  'candidate.promoted': promoted,
  'study.closed': ({ waiting }) => {
    if (waiting) waiting.promoted = false;
  },
};

const ENDS = { reject: 'declined', expired: 'expired', superseded: 'superseded' } as const;

/** It goes on as the open trial, or ends. */
function decided(fold: Fold, { trial = -1, body, meta }: StoredEvent<'approval.decided'>): void {
  const { decision, again } = body;
  const parked = fold.parked.get(trial);
  if (parked === undefined) return;
  release(fold);
  fold.parked.delete(trial);
  fold.waiting = { ...parked.row };
  fold.text = parked.text;
  if (decision !== 'approve' && !again) end(fold, { as: ENDS[decision], at: meta.at });
}

function end(fold: Fold, { as, at }: { readonly as: TrialEnd; readonly at: number }): void {
  if (!fold.waiting) return;
  Object.assign(fold.waiting, { end: as, promoted: as === 'promoted', decided_at: at });
  release(fold);
}

function confirmed(fold: Fold, { body, meta }: StoredEvent<'trial.confirmed'>): void {
  if (!fold.waiting) return;
  Object.assign(fold.waiting, {
    confirm_against: body.against,
    confirm_verdict: body.verdict,
    confirm_why: body.why === undefined ? null : escapeControl(body.why),
    confirm_attempt: body.attempt,
    confirm_alpha: body.alpha ?? null,
    confirm_log_e: body.logE ?? null,
    confirm_n: body.n,
    confirm_effect: body.effect ?? null,
  } satisfies Partial<TrialRow>);
  if (body.pool) fold.waiting.confirm_evals = body.pool.evals;
  if (body.verdict === 'unconfirmed') end(fold, { as: 'unconfirmed', at: meta.at });
  else if (body.arm !== MAIN_ARM) end(fold, { as: 'adopted', at: meta.at });
}

function promoted(fold: Fold, { body, meta }: StoredEvent<'candidate.promoted'>): void {
  if (!fold.waiting) return;
  Object.assign(fold.waiting, {
    gain: body.gain,
    gain_low: body.interval?.[0] ?? null,
    gain_high: body.interval?.[1] ?? null,
    gain_level: body.level ?? null,
    gain_tolerance: body.tolerance ?? null,
    gain_n: body.n,
    approved_by: escapeControl(body.approvedBy),
  } satisfies Partial<TrialRow>);
  end(fold, { as: 'promoted', at: meta.at });
}

/** One call of which the split is unknown makes that of its trial unknown. */
function addTokens({ tokens }: Fold, { trial, body }: StoredEvent<'spend.settled'>): void {
  if (trial === undefined || body.spent.tokens === 0) return;
  const before = tokens.get(trial) ?? { input: 0, output: 0 };
  const { usage } = body;
  if (before === 'unknown' || usage === undefined) tokens.set(trial, 'unknown');
  else
    tokens.set(trial, { input: before.input + usage.input, output: before.output + usage.output });
}

/** Of a trial whose calls another process made too, in another order, only what adds up is told. */
function tokensOf({ tokens }: Fold, { trial = -1, body }: StoredEvent<'trial.settled'>) {
  const found = tokens.get(trial);
  tokens.delete(trial);
  if (found === undefined || found === 'unknown') return {};
  if (found.input + found.output !== body.spent?.tokens) return {};
  return { input_tokens: found.input, output_tokens: found.output };
}
