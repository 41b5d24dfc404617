/**
 * A case that was written by whoever wrote the check it is for: good for tuning, worth nothing as a measure of what
 * the check misses (corpus/blind is for that).
 */
import type { Json } from '../../src/core/json.ts';
import type { Rng } from '../../src/core/rng.ts';
import type { Program } from '../../src/testing/called-programs.ts';

export interface OwnTask {
  readonly inputOf: (rng: Rng) => Json;
  readonly incumbent: Program;
}

export interface OwnCase extends OwnTask {
  readonly name: string;
  readonly is: 'cheat' | 'honest';
  readonly program: Program;
}

type Named = Readonly<Record<string, Program>>;

export function casesOf(task: OwnTask, is: OwnCase['is'], programs: Named): readonly OwnCase[] {
  return Object.entries(programs).map(([name, program]) => ({ ...task, name, is, program }));
}
