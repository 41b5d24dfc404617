/** What the entry that settles a trial says, as a row. */
import { levelOf } from '../../claims/orient.ts';
import type { EventBody, StoredEvent } from '../../core/events.ts';
import type { Json } from '../../core/json.ts';
import { usdOf } from '../../core/spend.ts';
import { sampleSd } from '../../stats/summary.ts';
import { escapeControl } from '../plain-text.ts';
import { emptyRow, type TrialRow } from './columns.ts';

type Opened = EventBody['study.opened'];
type Settled = StoredEvent<'trial.settled'>;

/** Candidates, their proposers and evaluators wrote it: no cell drives a terminal or hides text. */
function shown(text: string | undefined): string | null {
  return text === undefined ? null : escapeControl(text);
}

export function settledRow(study: string, opened: Opened | undefined, event: Settled): TrialRow {
  return {
    ...emptyRow(),
    study,
    trial: event.trial ?? null,
    seq: event.seq,
    settled_at: event.meta.at,
    active_ms: event.meta.wallMs ?? null,
    cpu_ms: event.meta.cpuMs ?? null,
    ...proposed(opened, event.body),
    ...ended(event),
    ...scored(opened, event.body),
    ...spent(opened, event.body),
  };
}

function proposed(opened: Opened | undefined, body: Settled['body']): Partial<TrialRow> {
  return {
    arm: escapeControl(body.arm),
    search: opened?.arms.find(({ name }) => name === body.arm)?.search ?? null,
    lane: body.lane,
    proposer: escapeControl(body.proposer),
    operator: escapeControl(body.operator),
    model: shown(body.model),
    candidate: body.candidate,
    key: escapeControl(body.key),
    parent: body.parents[0] ?? null,
    parents: [...body.parents],
    considered: body.considered,
    size: body.size,
    hypothesis: shown(body.hypothesis),
    mechanism: shown(body.mechanism),
    cites: body.cites?.map(escapeControl) ?? null,
    expected: body.expected ?? null,
    barred_by: shown(body.barredBy),
    written_in: shown(body.writtenIn),
  };
}

function ended({ body, meta }: Settled): Partial<TrialRow> {
  const isOpen = body.end === null;
  return {
    outcome: body.outcome,
    end: body.end,
    admitted: body.admitted,
    message: shown(body.message),
    stopped_at: shown(body.stoppedAt),
    spot_checked: shown(body.spotChecked),
    promoted: isOpen ? null : false,
    decided_at: isOpen ? null : meta.at,
  };
}

function scored(opened: Opened | undefined, body: Settled['body']): Partial<TrialRow> {
  const own = known(body.values);
  const beside = known(body.againstValues ?? []);
  const level = (values: readonly number[]): number | null =>
    opened && values.length > 0 ? levelOf(opened.metric, values) : null;
  return {
    metric: shown(opened?.metric.name),
    goal: opened?.metric.goal ?? null,
    unit: shown(opened?.metric.unit),
    score: level(own),
    sd: own.length < 2 ? null : sampleSd(own),
    n: own.length,
    values: [...body.values],
    measures: body.measures ? [...body.measures] : null,
    stages: (body.stages?.map(({ name, values }) => ({
      name: escapeControl(name),
      values: [...values],
    })) ?? null) as Json,
    against: body.against ?? null,
    against_score: level(beside),
    against_n: body.againstValues ? beside.length : null,
  };
}

function known(values: readonly (number | null)[]): readonly number[] {
  return values.filter((value) => value !== null);
}

/** A proposer of ours costs nothing; of what a program from outside costs nothing is known. */
function spent(opened: Opened | undefined, body: Settled['body']): Partial<TrialRow> {
  const lane = opened?.lanes[body.lane];
  const isFree = lane !== undefined && lane.outside === undefined;
  const none = isFree ? 0 : null;
  return {
    evals: body.evals,
    reused: body.reused ?? 0,
    requests: body.spent?.requests ?? none,
    tokens: body.spent?.tokens ?? none,
    usd: body.spent ? usdOf(body.spent.microUsd) : none,
    ...(isFree && (body.spent?.tokens ?? 0) === 0 ? { input_tokens: 0, output_tokens: 0 } : {}),
  };
}
