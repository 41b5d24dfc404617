/**
 * A study as an eval log of Inspect (UK AI Security Institute), JSON form, version 2: one sample for each
 * trial. What stands before the samples depends on all of them, so the ledger is read twice.
 */
import type { EventBody, StoredEvent } from '../core/events.ts';
import type { Json } from '../core/json.ts';
import type { ExportSource } from './contract.ts';
import { inspectTime, NO_MODEL, sampleOf } from './inspect/sample.ts';
import { quietJson } from './plain-text.ts';
import type { TrialRow } from './trials/columns.ts';
import { trialRows } from './trials/rows.ts';

export async function* inspectLog(source: ExportSource): AsyncGenerator<string> {
  const summary = await summarise(source);
  const head = quietJson(headOf(source, summary));
  yield `${head.slice(0, -1)},"samples":[`;
  let isFirst = true;
  for await (const trials of trialRows(source)) {
    const samples = trials.map((trial) => quietJson(sampleOf(trial, source.toSource)));
    if (samples.length === 0) continue;
    yield `${isFirst ? '' : ','}\n${samples.join(',\n')}`;
    isFirst = false;
  }
  yield '\n]}\n';
}

interface Summary {
  opened: StoredEvent<'study.opened'> | undefined;
  closed: EventBody['study.closed'] | undefined;
  lastMs: number;
  trials: number;
  scored: number;
  /** Of the scores. */
  sum: number;
  promotions: number;
  readonly models: Set<string>;
}

async function summarise(source: ExportSource): Promise<Summary> {
  const summary: Summary = {
    opened: undefined,
    closed: undefined,
    lastMs: 0,
    trials: 0,
    scored: 0,
    sum: 0,
    promotions: 0,
    models: new Set(),
  };
  const entries = async function* (): AsyncGenerator<readonly StoredEvent[]> {
    for await (const page of source.entries()) {
      for (const event of page) noteEntry(summary, event);
      yield page;
    }
  };
  for await (const trials of trialRows({ ...source, entries }))
    for (const { row } of trials) noteRow(summary, row);
  return summary;
}

function noteEntry(summary: Summary, event: StoredEvent): void {
  summary.lastMs = event.meta.at;
  if (event.type === 'study.opened') summary.opened = event;
  if (event.type === 'study.closed') summary.closed = event.body;
  if (event.type === 'candidate.promoted') summary.promotions += 1;
}

function noteRow(summary: Summary, { score, model }: Readonly<TrialRow>): void {
  summary.trials += 1;
  if (model !== null) summary.models.add(model);
  if (score === null) return;
  summary.scored += 1;
  summary.sum += score;
}

function headOf({ study, isRunning }: ExportSource, summary: Summary): object {
  const { opened, closed, lastMs } = summary;
  const startMs = opened?.meta.at ?? lastMs;
  return {
    version: 2,
    status: statusOf(closed),
    eval: {
      eval_id: opened?.hash.slice('sha256:'.length) ?? study,
      run_id: study,
      created: inspectTime(startMs),
      task: opened?.body.name ?? study,
      task_id: opened?.body.task ?? study,
      task_version: 0,
      tags: ['paceline'],
      dataset: { name: study, samples: summary.trials, shuffled: false },
      model: modelOf(summary.models),
      config: { epochs: 1 },
      packages: { paceline: opened?.body.engine ?? 'unknown' },
      metadata: aboutStudy(summary, isRunning),
    },
    plan: { name: 'paceline', steps: [], config: {} },
    results: resultsOf(summary),
    stats: {
      started_at: inspectTime(startMs),
      completed_at: closed ? inspectTime(lastMs) : '',
      model_usage: {},
    },
    ...(closed?.reason === 'failed' ? { error: FAILED } : {}),
  };
}

const FAILED = { message: 'The study failed.', traceback: '', traceback_ansi: '' };

/** What is interrupted is, to Inspect, started: it can be resumed. */
function statusOf(closed: EventBody['study.closed'] | undefined): string {
  if (closed === undefined) return 'started';
  if (closed.reason === 'failed') return 'error';
  return closed.reason === 'stopped' ? 'cancelled' : 'success';
}

function modelOf(models: ReadonlySet<string>): string {
  const [only = NO_MODEL] = models;
  return models.size > 1 ? 'paceline/several' : only;
}

function aboutStudy({ opened, promotions, models }: Summary, isRunning: boolean): Json {
  const body = opened?.body;
  return {
    running: isRunning,
    promotions,
    models: [...models],
    ...(body
      ? {
          goal: body.metric.goal,
          unit: body.metric.unit,
          rule: body.ruleHash,
          seed: body.seed,
          isolation: body.isolation,
          reproducible: body.reproducible,
        }
      : {}),
  };
}

/** The mean over all trials says what was tried, not what was found: a gain is in the promotions. */
function resultsOf({ opened, trials, scored, sum }: Summary): Json {
  const name = opened?.body.metric.name ?? 'score';
  const metrics = scored > 0 ? { mean: { name: 'mean', value: sum / scored, params: {} } } : {};
  return {
    total_samples: trials,
    completed_samples: scored,
    scores: [
      {
        name,
        scorer: name,
        scored_samples: scored,
        unscored_samples: trials - scored,
        params: {},
        metrics,
      },
    ],
  };
}
