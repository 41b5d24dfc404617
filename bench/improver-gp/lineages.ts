/** Recorded lineages of improvers, one file each; written by evolve.ts, read by the bench. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Generation } from '../../src/app/improver-gp/generation.ts';

export const FOLDER = join(import.meta.dirname, '../../examples/meta/policies');
const RESULTS = join(import.meta.dirname, '../results/improver-gp');

type Counts = Pick<Generation, 'isPromoted' | 'measured' | 'raced' | 'cpuMs' | 'searched'>;

/** One generation; whether promoted or not, it stays. */
export interface Step extends Counts {
  /** Canonical text of the improver that the generation ended with. */
  readonly improver: string;
  readonly candidate?: string;
  readonly confirmation?: NonNullable<Generation['confirmation']>;
}

export interface Lineage {
  /** Whether generation k searched for k + 1, or always the textbook. */
  readonly kind: 'self-applied' | 'control';
  readonly number: number;
  readonly machine: readonly string[];
  readonly steps: readonly Step[];
}

export function lineageFile(kind: Lineage['kind'], number: number): string {
  return join(RESULTS, `${kind}-${number}.json`);
}

export function readLineages(kind: Lineage['kind']): readonly Lineage[] {
  return readdirSync(RESULTS)
    .filter((name) => name.startsWith(`${kind}-`))
    .sort()
    .map((name) => JSON.parse(readFileSync(join(RESULTS, name), 'utf8')));
}
