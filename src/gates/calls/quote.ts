/** Pieces of inputs and outputs in sentences for people: plain text, short, no control characters. */
import type { Json } from '../../core/json.ts';
import type { Answer } from './answers.ts';

const LONGEST = 160;

export function quoted(value: Json | undefined): string {
  if (value === undefined) return 'nothing';
  const text = JSON.stringify(value).replace(/[^\u0020-\u007e\u00a1-\u02ff]/g, '?');
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
}

export function quotedAnswer(answer: Answer): string {
  if (answer === undefined) return 'no answer';
  return 'failed' in answer ? `a failure (${quoted(answer.failed)})` : quoted(answer.output);
}

/** An input small enough to be kept as evidence; of a larger one its beginning, as text. */
export function kept(value: Json | undefined): Json {
  const most = 4_000;
  const text = JSON.stringify(value ?? null);
  return text.length > most ? { beginning: text.slice(0, most) } : (value ?? null);
}
