import { expect, test } from 'vitest';
import { publicRoot } from '../../core/rng.ts';
import type { Evaluator } from '../../evaluators/contract.ts';
import { encodeProgram } from '../../source/program.ts';
import { Bench, type Judged } from './bench.ts';
import { killRate, mutantsOf } from './mutants.ts';

const origin = encodeProgram({
  files: { 'a.mjs': 'export const f = (x) => (x > 3 ? x * 2 : x + 1);\n' },
});
const source = { origin, languages: new Map() };
const mutants = mutantsOf(source, publicRoot('1'));

test('the same mutants each time, no two alike and none the origin', () => {
  expect(mutantsOf(source, publicRoot('1'))).toEqual(mutants);
  expect(mutants.length).toBeGreaterThan(10);
  expect(mutants.length).toBeLessThanOrEqual(24);
  expect(new Set([...mutants, origin]).size).toBe(mutants.length + 1);
});

function benchOf(valueOf: (text: string) => number | undefined, deterministic = true): Bench {
  const judge: Evaluator = {
    traits: { place: 'process', deterministic, isolation: 'none' },
    measure: (requests) =>
      requests.map(({ candidate, cases }) => ({
        cpuMs: 0,
        cases: cases.map(() => {
          const value = valueOf(candidate.text);
          return value === undefined
            ? { outcome: 'crashed', message: 'no' }
            : { outcome: 'scored', value };
        }),
      })),
    close: () => undefined,
  };
  const plan: Judged = {
    judge,
    origin: { id: 'sha256:0' as Judged['origin']['id'], text: origin },
    publicRoot: publicRoot('1'),
    rule: { mode: 'fwer' },
    opened: { metric: { name: 'loss', goal: 'min' } },
  };
  return new Bench(plan);
}

test('an evaluator that looks at nothing notices no mutant, one that looks notices all', async () => {
  const blind = await killRate(
    benchOf(() => 1),
    mutants,
  );
  expect(blind).toMatchObject({ killed: 0, total: mutants.length, survivors: mutants });
  expect(blind.interval[0]).toBe(0);
  const keen = await killRate(
    benchOf((text) => (text === origin ? 1 : text.length)),
    mutants,
  );
  expect(keen).toMatchObject({ killed: mutants.length, survivors: [] });
});

test('where values vary, only what has no score counts as noticed', async () => {
  let noise = 0;
  const noisy = await killRate(
    benchOf(() => (noise += 1), false),
    mutants,
  );
  expect(noisy.killed).toBe(0);
  const failing = benchOf((text) => (text === origin ? 1 : undefined), false);
  expect((await killRate(failing, mutants)).killed).toBe(mutants.length);
});
