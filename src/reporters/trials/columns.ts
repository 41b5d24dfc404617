/**
 * The columns of an exported trial, the same in JSONL, CSV and Parquet (docs/exports.md is written from
 * here). What is not known is null, never 0.
 */
import type { Json } from '../../core/json.ts';

export const TRIALS_SCHEMA = 'paceline.trials/1';

export type ColumnType = 'text' | 'integer' | 'number' | 'boolean' | 'time' | 'json';

const column = <T extends ColumnType>(type: T, about: string) => ({ type, about });

export const COLUMNS = {
  study: column('text', 'its id'),
  trial: column('integer', 'its number, from 0'),
  seq: column('integer', 'the entry of the ledger that settled it'),
  arm: column('text', 'the search or control it belongs to'),
  search: column('text', 'what that arm does: `improver`, `best-of-n`, `random`, `no-op`'),
  lane: column('integer', 'which proposer of the arm, by its place in the first entry'),
  proposer: column('text', 'who proposed it'),
  operator: column('text', 'by which of its operators'),
  model: column('text', 'the model that wrote it'),
  candidate: column('text', 'content address; `paceline show` prints the source'),
  key: column('text', 'what counts as one hypothesis: equal keys are duplicates'),
  parent: column('text', 'the first candidate it was made from'),
  parents: column('json', 'all of them'),
  considered: column('integer', 'candidates the proposer looked at for this one'),
  size: column('integer', 'of the candidate, as its task kind counts'),
  hypothesis: column('text', 'what its proposer says that it changes'),
  mechanism: column('text', 'and why that should help'),
  cites: column('json', 'notes that were named as a source'),
  expected: column('number', 'the gain it expected beforehand; positive is better'),
  outcome: column('text', 'of the measurement; only `scored` ones have a number'),
  end: column('text', 'how it ended; null while it is open'),
  admitted: column('boolean', 'to the archive, which claims nothing'),
  message: column('text', 'what the evaluator or the engine said of it'),
  stopped_at: column('text', 'the stage whose threshold ended it'),
  spot_checked: column('text', 'the stage that would have, had it not been drawn to go on'),
  stages: column('json', 'what the stages before the screen measured'),
  barred_by: column('text', 'the steering that bars it'),
  written_in: column('text', 'the steering that handed it in'),
  metric: column('text', 'the objective'),
  goal: column('text', '`min` or `max`'),
  unit: column('text', 'of `score`, `sd`, `values` and `against_score`'),
  score: column('number', 'mean of its screen; of times the geometric mean'),
  sd: column('number', 'sample standard deviation of the values; null for fewer than two'),
  n: column('integer', 'values behind them'),
  values: column('json', 'the values, by case; null where one has none'),
  measures: column('json', 'where it stands on the axes of the archive'),
  against: column('text', 'of a paired screen: the incumbent measured beside it'),
  against_score: column('number', 'its mean on the same cases'),
  against_n: column('integer', 'values behind that'),
  evals: column('integer', 'evaluations up to the screen'),
  reused: column('integer', 'of these, values that an earlier trial had'),
  confirm_evals: column('integer', 'of its confirm, both sides'),
  block_evals: column('integer', 'of the block that sizes the gain, both sides'),
  requests: column('integer', 'calls to models; null beside a proposer that is a program'),
  tokens: column('integer', 'sent and received, as charged'),
  input_tokens: column('integer', 'sent; null where the ledger does not say'),
  output_tokens: column('integer', 'received; null where the ledger does not say'),
  usd: column('number', 'what the calls cost'),
  cpu_ms: column('number', 'CPU time of its measurement; null where nobody measured it'),
  settled_at: column('time', 'when its measurement was recorded'),
  decided_at: column('time', 'when its end was recorded'),
  active_ms: column('number', 'active time of the study by `settled_at`'),
  confirm_against: column('text', 'the incumbent it challenged'),
  confirm_verdict: column('text', '`accepted` or `unconfirmed`; null where nothing was claimed'),
  confirm_why: column('text', 'why unconfirmed, where that is not too little evidence'),
  confirm_attempt: column('integer', 'which confirm of its arm'),
  confirm_alpha: column('number', 'level it was tested at'),
  confirm_log_e: column('number', 'logarithm of its e-value'),
  confirm_n: column('integer', 'pairs behind it'),
  confirm_effect: column('number', 'mean gain over the pairs; positive is better'),
  holdout: column('text', 'what the sealed set answered: `improved` or `not-improved`'),
  promoted: column('boolean', 'became the incumbent; null while it is open'),
  gain: column('number', 'measured after the decision; positive is better'),
  gain_low: column('number', 'lower end of its interval'),
  gain_high: column('number', 'upper end'),
  gain_level: column('number', 'coverage of the interval'),
  gain_tolerance: column('number', 'of an exact objective, in place of the interval'),
  gain_n: column('integer', 'pairs behind the gain'),
  approved_by: column('text', 'who approved the promotion'),
} as const;

export type ColumnName = keyof typeof COLUMNS;

interface ValueOf {
  readonly text: string;
  readonly integer: number;
  readonly number: number;
  readonly boolean: boolean;
  /** Milliseconds since 1970, UTC. */
  readonly time: number;
  readonly json: Json;
}

export type TrialRow = {
  -readonly [C in ColumnName]: ValueOf[(typeof COLUMNS)[C]['type']] | null;
};

export const COLUMN_NAMES = Object.keys(COLUMNS) as readonly ColumnName[];

const NO_ROW = Object.fromEntries(COLUMN_NAMES.map((name) => [name, null])) as TrialRow;

export function emptyRow(): TrialRow {
  return { ...NO_ROW };
}

/** A time as people and JSON have it. */
export function timeText(ms: number): string {
  return new Date(ms).toISOString();
}
