/** An improver is a candidate like any other: the loop that improves code improves how a search works, by the same rule. */
import { expect, test } from 'vitest';
import { sha256 } from '../../src/core/hash.ts';
import { innerStudyEvaluator } from '../../src/evaluators/inner-study.ts';
import { improverSubject } from '../../src/improver/gp/improver-subject.ts';
import { LINES } from '../../src/improver/gp/lines.ts';
import { GP_VOCABULARY } from '../../src/improver/gp/slots.ts';
import { encodeForest } from '../../src/lang/codec.ts';
import { MAIN_ARM, type Plan } from '../../src/loop/plan.ts';
import type { Proposer } from '../../src/proposers/contract.ts';
import { forestGenome } from '../../src/proposers/genetic/forest-genome.ts';
import { geneticProposer } from '../../src/proposers/genetic.ts';
import { inlineQueue } from '../../src/queues/inline.ts';
import { manualClock } from '../../src/testing/manual-clock.ts';
import { plannedStudies, populationOf } from '../../src/testing/planned-studies.ts';
import { smallPlan } from '../../src/testing/small-study.ts';
import { runSmall } from './fixtures/small-run.ts';

const text = encodeForest(LINES.textbook);

/** Inner studies whose regret follows from one setting, lower is better. */
function planOf(regretOf: (population: number) => number): Plan {
  const runner = plannedStudies({ regretOf, noise: 0.05 });
  const evaluator = innerStudyEvaluator({ runner, budgets: [{ steps: 10, cpuMs: 1000 }] });
  const { situations } = improverSubject(LINES.textbook);
  const genome = forestGenome({ vocabulary: GP_VOCABULARY, origin: text, situations });
  const small = smallPlan({
    clock: manualClock(),
    budget: { trials: 100 },
    search: inlineQueue(evaluator),
    judge: evaluator,
    proposers: [geneticProposer(genome) as Proposer],
  });
  const metric = { name: 'regret', goal: 'min', unit: 'regret' } as const;
  const opened = { ...small.opened, metric };
  return { ...small, opened, origin: { id: sha256(text), text }, checkParity: false };
}

test('a study promotes an improver whose inner studies end better, and the claim says by how much', async () => {
  const { events, study } = await runSmall(planOf((population) => population / 7));
  const promoted = events.filter(({ type }) => type === 'candidate.promoted');
  expect(promoted.length).toBeGreaterThan(0);
  const { incumbent } = study.state.arms[MAIN_ARM] ?? {};
  expect(populationOf(incumbent?.text ?? text)).toBeLessThan(7);
});

test('where no setting matters nothing is promoted', async () => {
  const { events } = await runSmall(planOf(() => 0.5));
  expect(events.filter(({ type }) => type === 'candidate.promoted')).toEqual([]);
  expect(events.at(-1)?.type).toBe('study.closed');
});
