/** From what an evaluator answered to one typed outcome: the only place where a metric becomes a value. */
import type { CaseResult } from './contract.ts';

/** Longest text of foreign origin quoted in a message. */
const QUOTE_LENGTH = 300;

/**
 * The metric's value; anything but a finite number is `invalid`, never 0. A text under `error` says
 * that there is none, whatever else stands beside it: many evaluators report 0 for what failed.
 */
export function valueOf(
  metrics: unknown,
  metric: string,
  others: readonly string[] = [],
): CaseResult {
  const failure = own(metrics, 'error');
  if (typeof failure === 'string' && failure !== '') {
    return invalid(`The evaluator reported an error: ${plain(failure)}`);
  }
  const value = own(metrics, metric);
  if (typeof value === 'number' && Number.isFinite(value)) {
    const known = others.flatMap((name) => {
      const other = own(metrics, name);
      return typeof other === 'number' && Number.isFinite(other) ? [[name, other] as const] : [];
    });
    const scored = { outcome: 'scored', value } as const;
    return others.length > 0 ? { ...scored, others: Object.fromEntries(known) } : scored;
  }
  if (value === undefined)
    return invalid(`The answer has no metric ${quote(metric)}${found(metrics)}.`);
  const isNamed = typeof value === 'number' || typeof value === 'string';
  const shown = isNamed ? String(value) : JSON.stringify(value);
  return invalid(`The metric ${quote(metric)} is ${quote(shown)}, not a finite number.`);
}

/** Metrics named where another was expected. */
const NAMED = 5;

function found(metrics: unknown): string {
  const names = typeof metrics === 'object' && metrics !== null ? Object.keys(metrics) : [];
  return names.length === 0 ? '' : `; it has ${names.slice(0, NAMED).map(quote).join(', ')}`;
}

function own(metrics: unknown, name: string): unknown {
  return typeof metrics === 'object' && metrics !== null && Object.hasOwn(metrics, name)
    ? (metrics as Readonly<Record<string, unknown>>)[name]
    : undefined;
}

export function invalid(message: string): CaseResult {
  return { outcome: 'invalid', message };
}

/** What an error says, in one line. */
export function sentence(error: unknown): string {
  return plain(error instanceof Error ? error.message : String(error));
}

export function quote(text: string): string {
  return JSON.stringify(plain(text));
}

const LINE_BREAKS = /[\r\n\t]+/g;

/** Every control and format character but the spaces kept above: text must not steer a terminal. */
const CONTROLS = /[\p{Cc}\p{Cf}\p{Co}\p{Cs}\u2028\u2029]/gu;

/** Foreign text made safe to show: one line, no control characters, cut at 300 units. */
export function plain(text: string): string {
  const line = text.replace(LINE_BREAKS, ' ').replace(CONTROLS, '').trim();
  return line.length <= QUOTE_LENGTH ? line : `${line.slice(0, QUOTE_LENGTH)} …`;
}
