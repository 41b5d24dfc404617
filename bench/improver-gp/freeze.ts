/**
 * Freezes what budgets and regrets of policy families rest on, once per release, into
 * examples/meta/policies/references.json: `node --import tsx bench/improver-gp/freeze.ts`. Prices are CPU times
 * measured here; references are the lowest costs of long runs. Run again it gives other prices, so other budgets:
 * results before and after are not comparable.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { processCpuMs } from '../../src/app/improver-gp/inner-studies.ts';
import {
  type Frozen,
  loadFamilies,
  policyEntry,
  REFERENCES_FILE,
  type References,
} from '../../src/app/improver-gp/policies.ts';
import { publicRoot } from '../../src/core/rng.ts';
import { fresh } from '../../src/improver/gp/breed.ts';
import { LINES } from '../../src/improver/gp/lines.ts';
import { type Prices, pricedMeter } from '../../src/improver/gp/meter.ts';
import type { PolicyFamily, PolicyTask } from '../../src/improver/gp/policy-task.ts';
import { answer, search } from '../../src/improver/gp/search.ts';
import { policyIn } from '../../src/improver/gp/slots.ts';
import { type Subject, stepMs } from '../../src/improver/gp/subject.ts';
import { behaviourKey } from '../../src/lang/behaviour.ts';
import { type Forest, nodeCount } from '../../src/lang/forest.ts';
import { createInterpreterCache } from '../../src/lang/interpret.ts';
import { median } from '../../src/stats/summary.ts';
import { describeMachine } from '../machine.ts';

const FOLDER = join(import.meta.dirname, '../../examples/meta/policies');
/** Instances of all families; those of a twin are others. */
const SEED = 20_261_128;
const LONG = { steps: 2000, seeds: 3 };
const LONG_LINES = ['expert + de-duplication', 'expert + de-duplication + twin'] as const;
const FREE: Prices = { evaluation: 1, node: 0, hash: 0, child: 0.001 };
const UNPRICED: Frozen = {
  seed: SEED,
  start: 1,
  reference: 0,
  prices: { full: FREE, twin: FREE },
};
const WARM_UP = 3;
const BATCH_MS = 30;
const BATCHES = 5;
/** Programs of different sizes, by which the price of a node is told. */
const PROGRAMS = 12;
const CHILDREN = 3000;

/** Median CPU milliseconds of one call. */
function timeOf(call: () => void): number {
  call();
  const times = Array.from({ length: BATCHES }, () => {
    const from = processCpuMs();
    let calls = 0;
    while (processCpuMs() - from < BATCH_MS) {
      for (let i = 0; i < 4; i++) call();
      calls += 4;
    }
    return (processCpuMs() - from) / calls;
  });
  return median(times);
}

function programsOf(subject: Pick<Subject, 'vocabulary'>): readonly Forest[] {
  const state = { progress: 0, stagnation: 0, diversity: 1, size: 0, budget: 0.5, inputs: 0.3 };
  const policy = policyIn(LINES.textbook, state);
  const rng = publicRoot('programs').stream(0, 'grow');
  return Array.from({ length: PROGRAMS }, () => fresh(rng, subject.vocabulary, policy));
}

/** Slope of time over nodes by least squares through the start's own time; never below 0. */
function pricesOf(task: PolicyTask, subject: Omit<Subject, 'twin'>, child: number): Prices {
  const programs = programsOf(subject);
  const startTime = timeOf(() => task.costOf(subject, subject.start));
  const own = nodeCount(subject.start);
  let [above, below] = [0, 0];
  for (const program of programs) {
    const nodes = nodeCount(program) - own;
    above += nodes * (timeOf(() => task.costOf(subject, program)) - startTime);
    below += nodes * nodes;
  }
  const node = Math.min(startTime / own, Math.max(0, above / below));
  const cache = createInterpreterCache();
  const slots = subject.vocabulary.slots.map(({ name }) => name);
  const key = (forest: Forest) =>
    behaviourKey(forest, { slots, situations: subject.situations }, cache);
  const hash = timeOf(() => programs.forEach(key)) / PROGRAMS;
  return rounded({ evaluation: startTime - node * own, node, hash, child });
}

function rounded(prices: Prices): Prices {
  const entries = Object.entries(prices).map(([name, ms]) => [name, Number(ms.toPrecision(3))]);
  return Object.fromEntries(entries) as unknown as Prices;
}

/** What a search costs for each child besides evaluating it. */
function childPrice({ subject }: PolicyTask): number {
  const { twin: _, ...alone } = subject;
  const rng = publicRoot('children').stream(0, 'costs');
  const meter = pricedMeter(CHILDREN);
  const running = search({
    improver: LINES.expert,
    subject: alone,
    meter,
    rng: rng.fork('search'),
  });
  const from = processCpuMs();
  const found = answer(running, () => rng.float());
  return (processCpuMs() - from) / (found?.considered ?? Number.NaN);
}

function longRun(task: PolicyTask): number {
  let least = Number.POSITIVE_INFINITY;
  for (const line of LONG_LINES) {
    for (let seed = 0; seed < LONG.seeds; seed++) {
      const { subject } = task;
      const meter = pricedMeter(LONG.steps * stepMs(subject));
      const rng = publicRoot(`reference ${line} ${seed}`).stream(0, subject.name);
      const running = search({ improver: LINES[line], subject, meter, rng });
      const found = answer(running, ({ subject: of, forest }) => task.costOf(of, forest));
      least = Math.min(least, found?.best.cost ?? least);
    }
  }
  return least;
}

function freeze(family: PolicyFamily): Frozen {
  const draft = policyEntry(family, UNPRICED);
  const child = childPrice(draft);
  const { subject } = draft;
  const prices = {
    full: pricesOf(draft, subject, child),
    twin: pricesOf(draft, subject.twin as Subject, child),
  };
  const start = draft.costOf(subject, subject.start) as number;
  return {
    seed: SEED,
    start,
    reference: longRun(policyEntry(family, { ...UNPRICED, prices })),
    prices,
  };
}

const families: Record<string, Frozen> = {};
const all = await loadFamilies(FOLDER);
// Once for the compiler: prices are those of warm code.
for (const family of all.slice(0, WARM_UP)) childPrice(policyEntry(family, UNPRICED));
for (const family of all) {
  const found = freeze(family);
  families[family.name] = found;
  console.log(family.name, JSON.stringify(found));
}
const made =
  `Prices: median CPU ms of ${BATCHES} batches. References: the lowest cost of ` +
  `${LONG_LINES.length * LONG.seeds} runs of ${LONG.steps} steps (${LONG_LINES.join('; ')}, ` +
  `${LONG.seeds} seeds each). ${describeMachine(FOLDER).join('; ')}.`;
const references: References = { schema: 'paceline/policy-references/1', made, families };
writeFileSync(join(FOLDER, REFERENCES_FILE), `${JSON.stringify(references, undefined, 2)}\n`);
