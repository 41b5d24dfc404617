/** Mutants of the origin (DeMillo, Lipton & Sayward 1978): does the evaluator notice that a program was changed? */
import type { RngRoot } from '../../core/rng.ts';
import type { Vocabulary } from '../../lang/vocabulary.ts';
import { forestGenome } from '../../proposers/genetic/forest-genome.ts';
import type { Genome } from '../../proposers/genetic/genome.ts';
import { sourceGenome } from '../../proposers/genetic/source-genome.ts';
import type { Languages } from '../../source/reading.ts';
import { wilson } from '../../stats/wilson.ts';
import { type Bench, CASES, eachOf } from './bench.ts';

export interface MutantSource {
  readonly origin: string;
  readonly languages: Languages;
  readonly vocabulary?: Vocabulary;
}

export interface KillRate {
  readonly killed: number;
  readonly total: number;
  /** 95 % (Wilson). */
  readonly interval: readonly [number, number];
  /** Texts of mutants that scored as the origin on every case. */
  readonly survivors: readonly string[];
}

const MOST = 24;
const TRIES_PER_MUTANT = 8;

/** The same ones each time: one change each, no two that are the same program. */
export function mutantsOf(source: MutantSource, root: RngRoot): readonly string[] {
  const { origin, languages, vocabulary } = source;
  return vocabulary === undefined
    ? drawn(
        sourceGenome({ origin, languages, without: ({ keepsMeaning }) => keepsMeaning === true }),
        root,
      )
    : drawn(forestGenome({ origin, vocabulary }), root);
}

function drawn<G>(genome: Genome<G>, root: RngRoot): readonly string[] {
  const { operators, origin } = genome;
  const found = new Map<string, string>();
  const own = genome.keyOf(origin, genome.textOf(origin) ?? '');
  for (let i = 0; i < MOST * TRIES_PER_MUTANT && found.size < MOST; i++) {
    const rng = root.stream(-1, 'mutant', i);
    const operator = operators[i % Math.max(1, operators.length)];
    const mutant = operator && genome.vary(origin, operator, { rng, mate: () => undefined });
    const text = mutant ? genome.textOf(mutant) : undefined;
    if (!mutant || text === undefined) continue;
    const key = genome.keyOf(mutant, text);
    if (key !== own) found.set(key, found.get(key) ?? text);
  }
  return [...found.values()];
}

/** Where one seed gives several values, a difference says nothing: only what has no score counts as killed. */
export async function killRate(
  bench: Bench,
  mutants: readonly string[],
  onDone?: () => void,
): Promise<KillRate> {
  const { judge, opened } = bench.plan;
  const isTimed = opened.metric.kind === 'time';
  const survived = await eachOf(bench, mutants, async (text) => {
    const { against } = await bench.measure(text, isTimed ? 1 : CASES);
    onDone?.();
    return against === 'same' || (!judge.traits.deterministic && against !== 'failed');
  });
  const survivors = mutants.filter((_, i) => survived[i]);
  const total = mutants.length;
  const killed = total - survivors.length;
  return { killed, total, interval: wilson(killed, total), survivors };
}
