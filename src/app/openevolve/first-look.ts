/**
 * The evaluator of a foreign folder, asked about the initial program before anything is decided: what it returns,
 * whether it repeats itself, whether its value depends on the seed at all, and how long it takes.
 */
import { PacelineError } from '../../core/errors.ts';
import { sha256 } from '../../core/hash.ts';
import type { CaseResult } from '../../evaluators/contract.ts';
import { parseConfig } from '../config.ts';
import { withPassingPlan } from '../passing-plan.ts';
import { systemClock } from '../system-clock.ts';
import type { Mapped } from './describe.ts';
import { EVALUATOR } from './folder.ts';
import { functionOf, metricName } from './functions.ts';
import type { Looked } from './looked.ts';

/** Seeds of each process that follows the first: where a case takes long, and where all take a few seconds. */
const SELDOM = [[0, 1, 2]];
const MANY = 10;
const TEN = Array.from({ length: MANY }, (_, i) => i);
/** What is slow while a process is new shows in the last ones only. */
const OFTEN = [TEN, TEN, [1], [2], [3]];
const CHEAP_MS = 5000;

/** @throws PacelineError ORIGIN_FAILED with what went wrong, and whatever `run` would refuse. */
export async function firstLook(root: string, mapped: Mapped): Promise<readonly Looked[]> {
  const looked: Looked[] = [];
  for (const name of mapped.functions) looked.push(await lookAt(root, mapped, name));
  return looked;
}

async function lookAt(root: string, mapped: Mapped, name: string): Promise<Looked> {
  const own = await measured(root, mapped, { name, isMean: false });
  if ('values' in own) return own;
  const mean = await measured(root, mapped, { name, isMean: true });
  if ('values' in mean) return mean;
  const { outcome, message } = own;
  throw new PacelineError(
    'ORIGIN_FAILED',
    `${name} of ${EVALUATOR} could not score ${mapped.program} in the jail (${outcome}: ${message}). It has no network, reads this folder and writes to /tmp; another Python, with packages, is named by --python. Nothing was spent.`,
    { outcome },
  );
}

interface Wanted {
  readonly name: string;
  readonly isMean: boolean;
}

type Failed = Exclude<CaseResult, { readonly outcome: 'scored' }>;

function measured(root: string, mapped: Mapped, wanted: Wanted): Promise<Looked | Failed> {
  const config = parseConfig(lookedConfig(mapped, wanted), 'the folder');
  return withPassingPlan('dry-run', { root, config }, async ({ judge, origin, publicRoot }) => {
    const seedOf = (i: number): number => publicRoot.stream(-1, 'first look', i).u32();
    const candidate = { id: sha256(origin.text), text: origin.text };
    const ask = async (seeds: readonly number[]): Promise<readonly CaseResult[]> => {
      const cases = seeds.map(seedOf);
      const [found] = await judge.measure([{ candidate, cases }], new AbortController().signal);
      return found?.cases ?? [];
    };
    const before = systemClock.monotonicMs();
    const [first] = await ask([0]);
    const wallMs = systemClock.monotonicMs() - before;
    if (first === undefined) throw new Error('the evaluator gave no result');
    if (first.outcome !== 'scored') return first;
    const values: number[] = [first.value];
    const bySeed = new Map([[0, new Set(values)]]);
    for (const seeds of wallMs * MANY < CHEAP_MS ? OFTEN : SELDOM) {
      for (const [i, result] of (await ask(seeds)).entries()) {
        if (result.outcome !== 'scored') return result;
        const seed = seeds[i] ?? 0;
        values.push(result.value);
        bySeed.set(seed, (bySeed.get(seed) ?? new Set()).add(result.value));
      }
    }
    const repeats = [...bySeed.values()].every(({ size }) => size === 1);
    return { function: wanted.name, isMean: wanted.isMean, values, repeats, wallMs };
  });
}

function lookedConfig(mapped: Mapped, { name, isMean }: Wanted): object {
  const { value } = mapped;
  const evaluator = value['evaluator'] as object;
  return {
    ...value,
    // Asks no model, needs no key, and nothing of it is run.
    proposers: ['genetic'],
    evaluator: {
      ...evaluator,
      ...functionOf(mapped, name, isMean),
      metrics: [{ name: metricName(isMean), goal: 'max', unit: 'points' }],
    },
  };
}
