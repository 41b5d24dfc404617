/** How far one answer is from the incumbent's to the same input, without knowing which is better. */
import type { Json } from '../../core/json.ts';
import { type Answer, isFailed, outputOf } from '../calls/answers.ts';
import { kindOf } from './positions.ts';

/**
 * Largest difference of two numbers in the same place, relative to 1 + the incumbent's; 1 for other values that differ.
 * Undefined where the two are not built alike.
 */
export function distance(candidate: Json, incumbent: Json): number | undefined {
  if (kindOf(candidate) !== kindOf(incumbent)) return undefined;
  if (typeof candidate === 'number') {
    const other = incumbent as number;
    return Math.abs(candidate - other) / (1 + Math.abs(other));
  }
  if (typeof candidate !== 'object' || candidate === null) return candidate === incumbent ? 0 : 1;
  const [a, b] = [Object.entries(candidate), incumbent as Readonly<Record<string, Json>>];
  if (a.length !== Object.keys(b).length) return undefined;
  let most = 0;
  for (const [key, value] of a) {
    const other = Object.hasOwn(b, key) ? b[key] : undefined;
    const far = other === undefined ? undefined : distance(value, other);
    if (far === undefined) return undefined;
    most = Math.max(most, far);
  }
  return most;
}

/** Kinds of the parts, lists as the kinds of their elements: how an output is built. */
export function shapeOf(value: Json): string {
  if (Array.isArray(value)) return `[${[...new Set(value.map(shapeOf))].sort().join('|')}]`;
  if (typeof value !== 'object' || value === null) return kindOf(value);
  const keys = Object.keys(value).sort();
  return `{${keys.map((key) => `${key}:${shapeOf((value as Record<string, Json>)[key] as Json)}`)}}`;
}

/** What is usual between candidate and incumbent, on the task's own inputs. */
export interface Usual {
  readonly inputs: number;
  /** All outputs are built like the incumbent's. */
  readonly isAlike: boolean;
  /** Largest distance; undefined where not all are comparable. */
  readonly distance?: number;
  /** Failures of the candidate where the incumbent answers. */
  readonly failed: number;
}

/** Below this two floating-point programs that do the same may differ. */
const ROUNDING = 1e-9;

export function usual(candidate: readonly Answer[], incumbent: readonly Answer[]): Usual {
  let most: number | undefined = ROUNDING;
  let isAlike = true;
  let failed = 0;
  let inputs = 0;
  for (const [at, answer] of candidate.entries()) {
    const [one, other] = [outputOf(answer), outputOf(incumbent[at])];
    if (other === undefined || answer === undefined) continue;
    inputs += 1;
    if (one === undefined) failed += 1;
    else {
      isAlike &&= shapeOf(one) === shapeOf(other);
      const far = distance(one, other);
      most = far === undefined || most === undefined ? undefined : Math.max(most, far);
    }
  }
  return { inputs, isAlike, failed, ...(most !== undefined && { distance: most }) };
}

export type Oddity = 'failed' | 'shape' | 'value';

/** What is wrong with one answer, against what is usual; undefined for nothing, or nothing that can be told. */
export function oddity(
  [candidate, incumbent]: readonly [Answer, Answer],
  { isAlike, distance: most, failed }: Usual,
  jump: number,
): Oddity | undefined {
  const other = outputOf(incumbent);
  if (other === undefined || candidate === undefined) return undefined;
  if (isFailed(candidate)) return failed === 0 ? 'failed' : undefined;
  const one = outputOf(candidate) as Json;
  if (isAlike && shapeOf(one) !== shapeOf(other)) return 'shape';
  if (most === undefined) return undefined;
  const far = distance(one, other);
  return far === undefined || far > most * jump ? 'value' : undefined;
}
