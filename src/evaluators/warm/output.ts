/**
 * Outputs as a worker told them. A candidate may have written them to the channel itself, so each is made
 * anew from what is known of one: whatever stands beside it would reach the judge as if it were ours.
 */
import type { Json } from '../../core/json.ts';

/** What the candidate made of one input, and in how many steps where they are counted. */
export type Output = ({ readonly output: Json } | { readonly failed: string }) & {
  readonly steps?: number;
};

export interface Expected {
  readonly count: number;
  /** Each comes with its steps, or none does. */
  readonly isCounted: boolean;
}

/**
 * Lists and objects in one another. What walks them by recursion, JSON.stringify itself, has room for a
 * few thousand.
 */
const MOST_NESTED = 1000;

/** One for each input; or in one sentence why these are none. */
export function outputsIn(
  value: unknown,
  { count, isCounted }: Expected,
): readonly Output[] | string {
  const refusal = 'Its answer is not one output for each input.';
  if (!Array.isArray(value) || value.length !== count) return refusal;
  const outputs: Output[] = [];
  for (const told of value) {
    const output = outputOf(told, isCounted);
    if (output === undefined) return refusal;
    const fault = 'output' in output ? unfit(output.output) : undefined;
    if (fault !== undefined) return fault;
    outputs.push(output);
  }
  return outputs;
}

/** By hand: there may be ten thousand of them. */
function outputOf(told: unknown, isCounted: boolean): Output | undefined {
  if (typeof told !== 'object' || told === null) return undefined;
  const { output, failed, steps } = told as Readonly<Record<string, unknown>>;
  const counted = isCounted && isCount(steps) ? { steps } : {};
  if (isCounted && counted.steps === undefined) return undefined;
  if (!Object.hasOwn(told, 'output')) {
    return typeof failed === 'string' ? { failed, ...counted } : undefined;
  }
  return failed === undefined ? { output: output as Json, ...counted } : undefined;
}

function isCount(steps: unknown): steps is number {
  return Number.isSafeInteger(steps) && (steps as number) >= 0;
}

/** Of what JSON held: a number too large for a double became Infinity, and would become null. */
function unfit(output: Json): string | undefined {
  let level: unknown[] = [output];
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > MOST_NESTED) return `Its output is nested more than ${MOST_NESTED} deep.`;
    const below: unknown[] = [];
    for (const one of level) {
      if (typeof one === 'number' && !Number.isFinite(one)) {
        return 'Its output has a number that is too large.';
      }
      if (typeof one !== 'object' || one === null) continue;
      for (const inner of Array.isArray(one) ? one : Object.values(one)) below.push(inner);
    }
    level = below;
  }
  return undefined;
}
