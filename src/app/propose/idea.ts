/** The file beside the edited ones in which people say what they expect: as a commit message is written. */
import type { Metric } from '../../claims/orient.ts';
import { PacelineError } from '../../core/errors.ts';
import type { Prediction } from '../../core/prediction.ts';
import { parseEffect } from './prediction.ts';

const KEYS = ['hypothesis', 'mechanism', 'predicted'] as const;
type Key = (typeof KEYS)[number];

/** As given on the command line. */
export type Idea = Readonly<Partial<Record<Key, string>>>;

export function ideaText(idea: Idea, { name, unit, goal }: Metric): string {
  const of = (key: Key): string => `${key}: ${idea[key] ?? ''}`.trimEnd();
  return [
    '# Lines that begin with # are left out. To propose nothing, change no other file, or empty this one.',
    '# What do you change, in a sentence?',
    of('hypothesis'),
    '# Why should it help?',
    of('mechanism'),
    `# The gain in ${name} that you expect${unit === '' ? '' : ` in ${unit}`}: positive is better (the goal is ${goal}).`,
    '# For example 0.4, or between what it lies: 0.4 [0.1, 0.7]',
    of('predicted'),
    '',
  ].join('\n');
}

/** What stands in it; undefined where it was emptied. @throws PacelineError `USAGE` for other lines. */
export function readIdea(text: string): Idea | undefined {
  const lines = text.split(/\r?\n/).filter((line) => !line.startsWith('#'));
  if (lines.every((line) => line.trim() === '')) return undefined;
  const read = new Map<Key, string[]>();
  let open: string[] | undefined;
  for (const line of lines) {
    const key = KEYS.find((one) => line.startsWith(`${one}:`));
    if (key !== undefined) {
      open = [line.slice(key.length + 1)];
      read.set(key, open);
    } else if (open !== undefined) open.push(line);
    else if (line.trim() !== '') throw stray(line);
  }
  const said = [...read].map(([key, parts]) => [key, parts.join('\n').trim()] as const);
  return Object.fromEntries(said.filter(([, words]) => words !== ''));
}

function stray(line: string): PacelineError {
  return new PacelineError(
    'USAGE',
    `"${line.slice(0, 80)}" stands behind none of ${KEYS.map((key) => `${key}:`).join(', ')}. Put it behind one of them, or # before it.`,
    { line },
  );
}

/** @throws PacelineError `USAGE` for an effect that cannot be read. */
export function predictionFrom(idea: Idea, metric: Metric): Prediction {
  const { hypothesis, mechanism, predicted } = idea;
  return {
    ...(hypothesis?.trim() ? { hypothesis } : {}),
    ...(mechanism?.trim() ? { mechanism } : {}),
    ...(predicted?.trim() ? parseEffect(predicted, metric) : {}),
  };
}
