/** A trial as a sample of an Inspect eval log: its candidate is the output, its score the score. */
import type { Json } from '../../core/json.ts';
import type { ExportSource } from '../contract.ts';
import { COLUMN_NAMES, COLUMNS, type TrialRow, timeText } from '../trials/columns.ts';
import type { ExportedTrial } from '../trials/rows.ts';

/** Of a sample that no model wrote; Inspect's own name for it. */
export const NO_MODEL = 'none/none';

/** Columns that a sample has in places of its own. */
const ELSEWHERE: ReadonlySet<string> = new Set(['study', 'trial', 'message', 'values']);

export function sampleOf({ row, text }: ExportedTrial, toSource: ExportSource['toSource']): Json {
  const model = row.model ?? NO_MODEL;
  return {
    id: row.trial,
    epoch: 1,
    input: inputOf(row),
    target: '',
    messages: [],
    output: { model, choices: text === '' ? [] : [choiceOf(toSource(text), model)] },
    ...scoresOf(row),
    metadata: metadataOf(row),
    ...usageOf(row),
    ...(row.settled_at === null ? {} : { completed_at: inspectTime(row.settled_at) }),
    ...errorOf(row),
  };
}

/** The conventions of Python's `isoformat`, which every version of it reads. */
export function inspectTime(ms: number): string {
  return new Date(ms).toISOString().replace('Z', '+00:00');
}

function inputOf({ arm, proposer, operator, hypothesis }: TrialRow): string {
  const by = `${arm}: ${proposer}, ${operator}`;
  return hypothesis === null ? by : `${by}\n${hypothesis}`;
}

function choiceOf(text: string, model: string): Json {
  return {
    message: { role: 'assistant', content: text, source: 'generate', model },
    stop_reason: 'stop',
  };
}

/** A trial without a number has no score: Inspect would read a 0, and NaN is no JSON. */
function scoresOf(row: TrialRow): { readonly [key: string]: Json } {
  if (row.score === null || row.metric === null) return {};
  const { n, sd, unit, goal } = row;
  const claim = row.confirm_verdict === null ? '' : `, ${row.confirm_verdict}`;
  const score = {
    value: row.score,
    answer: row.candidate,
    explanation: `${row.end ?? 'open'}${claim}`,
    metadata: { n, sd, unit, goal },
  };
  return { scores: { [row.metric]: score } };
}

function metadataOf(row: TrialRow): Json {
  const kept = COLUMN_NAMES.filter((name) => !ELSEWHERE.has(name) && row[name] !== null);
  return Object.fromEntries(
    kept.map((name) => {
      const value = row[name];
      return [name, COLUMNS[name].type === 'time' ? timeText(value as number) : value];
    }),
  );
}

function usageOf({ model, input_tokens, output_tokens, usd }: TrialRow) {
  if (model === null || input_tokens === null || output_tokens === null) return {};
  const usage = {
    input_tokens,
    output_tokens,
    total_tokens: input_tokens + output_tokens,
    total_cost: usd,
  };
  return { model_usage: { [model]: usage } };
}

/** What ended without a score, duplicates apart: those nobody measured. */
function errorOf({ outcome, end, message }: TrialRow): { readonly [key: string]: Json } {
  if (outcome === null || outcome === 'scored' || end === 'duplicate') return {};
  const said = message === null ? outcome : `${outcome}: ${message}`;
  return { error: { message: said, traceback: '', traceback_ansi: '' } };
}
