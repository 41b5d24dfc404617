/**
 * Declared properties on inputs that were planted: far from what the task makes, so only where both answer and the
 * origin breaks none of them. What is silent there is another check's to judge (C13).
 */
import type { Json } from '../../core/json.ts';
import type { Declared } from './declared.ts';
import type { Batch, Outputs, Subject, Tally } from './subject.ts';

interface Planted {
  readonly inputs: readonly Json[];
  readonly seed: number;
  readonly subject: Subject;
  readonly origin: Subject;
  readonly signal: AbortSignal;
}

/** Those that it breaks, with the first input that shows each; `cases`: inputs that could be told. */
export async function brokenOnPlanted(
  declared: Declared,
  { inputs, seed, subject, origin, signal }: Planted,
): Promise<{ readonly cases: number; readonly tallies: readonly Tally[] }> {
  const [ours, theirs] = [await subject.outputs(inputs), await origin.outputs(inputs)];
  const batchOf = (outputs: Outputs, places: readonly number[]): Batch => ({
    seed,
    inputs: places.map((at) => inputs[at] as Json),
    outputs: picked(outputs, places),
    isPlanted: true,
  });
  const isAnswered = (of: Outputs, at: number): boolean => 'output' in (of[at] ?? {});
  const both = inputs
    .map((_, at) => at)
    .filter((at) => isAnswered(ours, at) && isAnswered(theirs, at));
  if (both.length === 0) return { cases: 0, tallies: [] };
  const beside = (places: readonly number[]) => ({
    origin,
    references: picked(theirs, places),
    signal,
  });
  const own = await declared.judge(batchOf(theirs, both), origin, beside(both));
  const isBroken = new Set(own.flatMap(({ places = [] }) => places));
  const sound = both.filter((_, at) => !isBroken.has(at));
  if (sound.length === 0) return { cases: 0, tallies: [] };
  const told = await declared.judge(batchOf(ours, sound), subject, beside(sound));
  return { cases: sound.length, tallies: told.filter(({ failed }) => failed > 0) };
}

function picked(outputs: Outputs, places: readonly number[]): Outputs {
  return places.flatMap((at) => outputs[at] ?? []);
}
