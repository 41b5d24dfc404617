import { setImmediate } from 'node:timers/promises';
import { expect, test } from 'vitest';
import type { Archive } from '../../src/archives/contract.ts';
import { paretoArchive } from '../../src/archives/pareto.ts';
import type { Proposer } from '../../src/proposers/contract.ts';
import type { Queue } from '../../src/queues/contract.ts';
import { manualClock } from '../../src/testing/manual-clock.ts';
import { climber, smallPlan } from '../../src/testing/small-study.ts';
import { isThorough } from '../thorough.ts';
import { jitteryQueue } from './fixtures/jittery-queue.ts';
import { runSmall } from './fixtures/small-run.ts';

const WORKERS = [1, 2, 16] as const;
const SEEDS = isThorough ? ['a', 'b', 'c', 'd', 'e'] : ['a', 'b'];

interface Change {
  readonly archive: Archive;
  readonly proposers: readonly Proposer[];
}

function digestsOf(seed: string, change?: Change): Promise<readonly string[]> {
  const runs = WORKERS.map(async (workers) => {
    const search = jitteryQueue(workers);
    const { archive, proposers } = change ?? {};
    const more = proposers ? { proposers } : {};
    const plan = smallPlan({ clock: manualClock(), seed, search, lookahead: 16, ...more });
    return (await runSmall(archive ? { ...plan, archive } : plan)).logical;
  });
  return Promise.all(runs);
}

test.each(SEEDS)('1, 2 and 16 workers write the same study, seed %s', async (seed) => {
  const digests = await digestsOf(seed);
  expect(new Set(digests).size).toBe(1);
});

test('other seeds write other studies, so equal digests mean something', async () => {
  const digests = await Promise.all(SEEDS.map(async (seed) => (await digestsOf(seed))[0]));
  expect(new Set(digests).size).toBe(SEEDS.length);
});

/** What ordered commit forbids: an ask that sees trials settled while it was under way. */
function lateReader(): Proposer {
  const inner = climber();
  return {
    ...inner,
    async ask(state, request) {
      await request.probe.measure(['{"trial":-2,"effect":0}'], 0);
      return inner.ask(state, request);
    },
  };
}

/** Views of our archive keep what they saw; this one follows the archive instead. */
function followingArchive(): Archive {
  const inner = paretoArchive() as Archive;
  return {
    ...inner,
    view: (state, trial) => ({
      get size() {
        return inner.view(state, trial).size;
      },
      best: () => inner.view(state, trial).best(),
      pick: (rng) => inner.view(state, trial).pick(rng),
    }),
  };
}

test('with reads that are not tied to the horizon, the number of workers shows', async () => {
  const change = { archive: followingArchive(), proposers: [lateReader()] };
  const rounds = await Promise.all(SEEDS.map((seed) => digestsOf(seed, change)));
  expect(rounds.some((digests) => new Set(digests).size > 1)).toBe(true);
});

test('more in flight than Node expects listeners of a signal is no warning on stderr', async () => {
  const warnings: Error[] = [];
  const hear = (warning: Error): void => void warnings.push(warning);
  process.on('warning', hear);
  const inner = jitteryQueue(16);
  const measure: Queue['measure'] = async (requests, signal, order) => {
    const onAbort = (): void => undefined;
    signal.addEventListener('abort', onAbort);
    return Promise.resolve(inner.measure(requests, signal, order)).finally(() =>
      signal.removeEventListener('abort', onAbort),
    );
  };
  const search = { ...inner, measure };
  await runSmall(smallPlan({ clock: manualClock(), seed: 'a', search, lookahead: 16 }));
  await setImmediate();
  process.removeListener('warning', hear);
  expect(warnings).toEqual([]);
});
