import { sha256 } from '../../core/hash.ts';
import type { MeasuredPairs } from './record.ts';

export interface ComparisonReport {
  readonly ok: boolean;
  readonly words: string;
  readonly findings: readonly string[];
}

/** `due`: how many pairs were fixed beforehand. */
export function pairFindings(
  { secret, secretCommit, values, againstValues }: MeasuredPairs,
  due: number,
): readonly string[] {
  const isWhole = values.length === due && againstValues.length === due;
  return [
    ...(sha256(secret) === secretCommit ? [] : ['The secret is not the one committed to.']),
    ...(isWhole ? [] : [`${due} pairs were fixed beforehand; ${values.length} are recorded.`]),
  ];
}
