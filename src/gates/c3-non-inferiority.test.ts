import { expect, test } from 'vitest';
import { thorough } from '../../test/thorough.ts';
import { secretRoot } from '../core/rng.ts';
import type { CaseResult } from '../evaluators/contract.ts';
import { DECLARATION, gateBench, intakeOf, type Programs } from '../testing/gate-bench.ts';
import { nonInferiorityCheck } from './c3-non-inferiority.ts';
import type { Declaration, Intake } from './contract.ts';

/** Roughly normal, a function of the case. */
const noise = (seed: number): number => {
  const rng = secretRoot('noise').stream(0, String(seed));
  return rng.normal();
};
const incumbent = (seed: number): number => 10 + noise(seed);

const never = new AbortController().signal;

interface Setting {
  readonly candidate: Programs[string];
  readonly incumbent?: Programs[string];
  readonly declaration?: Partial<Declaration>;
  readonly intake?: Partial<Intake>;
}

function judged({ candidate, incumbent: theirs = incumbent, declaration, intake }: Setting) {
  const asked: number[] = [];
  const counted = (seed: number) => {
    asked.push(seed);
    return candidate(seed);
  };
  const tools = gateBench({
    programs: { candidate: counted, incumbent: theirs },
    declaration: { ...DECLARATION, ...declaration },
  });
  const finding = nonInferiorityCheck.judge(intakeOf(intake), tools, new AbortController().signal);
  return { finding, asked };
}

test('a better one and one as good pass, after few cases', async () => {
  for (const gain of [0, 1]) {
    const found = await judged({ candidate: (seed) => incumbent(seed) + gain }).finding;
    expect(found.verdict).toBe('pass');
    expect(found.cases).toBe(32);
    const noisy = await judged({
      candidate: (seed) => incumbent(seed) + gain,
      declaration: { isDeterministic: false },
    }).finding;
    expect(noisy).toMatchObject({ verdict: 'pass', cases: 12 });
  }
});

test('bad losses on a tenth of the cases are seen, which a test of the centre lets through', async () => {
  const at = (share: number) => (seed: number) =>
    secretRoot('bad').stream(0, String(seed)).float() < share ? -100 : incumbent(seed);
  const verdicts: Record<string, number> = {};
  for (let run = 0; run < 20; run++) {
    const intake = { ticket: `bad ${run}` };
    const { verdict } = await judged({ candidate: at(0.1), intake }).finding;
    verdicts[verdict] = (verdicts[verdict] ?? 0) + 1;
  }
  // Fewer than 3 of 64 with a chance of 5 %, none of 32 with one of 3 %.
  expect(verdicts['pass'] ?? 0).toBeLessThanOrEqual(5);
  const found = await judged({ candidate: at(0.2) }).finding;
  expect(found.why).toMatch(/loses by more than 10 σ/);
});

test('as many gains as losses of that size are the noise of the metric', async () => {
  const candidate = (seed: number) => {
    const luck = secretRoot('heavy').stream(0, String(seed)).float();
    return incumbent(seed) + 1 + (luck < 0.2 ? -100 : luck > 0.8 ? 100 : 0);
  };
  expect((await judged({ candidate }).finding).verdict).toBe('pass');
});

test('one that is good on the visible cases alone fails', async () => {
  const visible = new Set([1, 2, 3]);
  const candidate = (seed: number) => (visible.has(seed) ? 99 : 0);
  const found = await judged({ candidate }).finding;
  expect(found).toMatchObject({ verdict: 'fail', suspicion: 1 });
  expect(found.why).toMatch(/the objective is worse than the incumbent's by more than its margin/);
});

test('the declared margin is δ, whatever the scatter', async () => {
  const candidate = (seed: number) => incumbent(seed) - 0.5;
  const loose = { tolerance: { margin: 1, smallestEffect: 2 } };
  const tight = { tolerance: { margin: 0.1, smallestEffect: 2 } };
  expect((await judged({ candidate, declaration: loose }).finding).verdict).toBe('pass');
  expect((await judged({ candidate, declaration: tight }).finding).verdict).toBe('fail');
});

test('lower is better where the goal says so, and of times the logarithm counts', async () => {
  const candidate = (seed: number) => 2 * incumbent(seed);
  const min = await judged({ candidate, declaration: { goal: 'min' } }).finding;
  expect(min.verdict).toBe('fail');
  expect((await judged({ candidate }).finding).verdict).toBe('pass');
  const timed = {
    isTimed: true,
    goal: 'min',
    tolerance: { margin: 0.1, smallestEffect: 2 },
  } as const;
  expect((await judged({ candidate, declaration: timed }).finding).verdict).toBe('fail');
});

test('a rare failure fails where the range is declared, because then the mean is tested', async () => {
  const theirs = () => 1;
  const candidate = (seed: number) => (seed % 3 === 0 ? 0 : 1);
  const declaration = { tolerance: { margin: 0.1, smallestEffect: 2, bound: 1 } };
  const found = await judged({ candidate, incumbent: theirs, declaration }).finding;
  expect(found.verdict).toBe('fail');
  const good = await judged({ candidate: theirs, incumbent: theirs, declaration }).finding;
  expect(good.verdict).toBe('pass');
});

test('a case without a score that the incumbent scores fails when it has none again', async () => {
  const crash: CaseResult = { outcome: 'crashed', message: 'no' };
  const always = await judged({ candidate: () => crash }).finding;
  expect(always.verdict).toBe('fail');
  expect(always.why).toMatch(/ended without a score \(crashed\), twice/);
  let runs = 0;
  const once = (seed: number) => (++runs === 2 ? crash : incumbent(seed) + 3);
  expect((await judged({ candidate: once }).finding).verdict).toBe('pass');
});

test('guards are held to their own margins; one that is not told is never a pass', async () => {
  const guards = [{ name: 'size', goal: 'min', unit: '', margin: 1 }] as const;
  const withSize = (size?: number) => (seed: number) =>
    ({
      outcome: 'scored',
      value: incumbent(seed) + 1,
      others: size === undefined ? {} : { size },
    }) as const;
  const sized = (size?: number) =>
    judged({ candidate: withSize(size), incumbent: withSize(5), declaration: { guards } }).finding;
  expect((await sized(5)).verdict).toBe('pass');
  expect(await sized(9)).toMatchObject({ verdict: 'fail' });
  expect((await sized(9)).why).toMatch(/"size" is worse/);
  expect((await sized()).verdict).toBe('inconclusive');
});

test('out of cases it is inconclusive, and the deep tier looks longer', async () => {
  const candidate = (seed: number) => incumbent(seed) + 6 * noise(seed + 1);
  const declaration = { tolerance: { margin: 0.01, smallestEffect: 2 } };
  const floor = await judged({ candidate, declaration }).finding;
  expect(floor).toMatchObject({ verdict: 'inconclusive' });
  expect(floor.cases).toBeLessThanOrEqual(64);
  const deep = await judged({ candidate, declaration, intake: { tier: 'deep' } }).finding;
  expect(deep.cases).toBeGreaterThan(floor.cases);
});

test('another ticket has other cases, the same one the same', async () => {
  const candidate = (seed: number) => incumbent(seed) + 1;
  const casesOf = async (ticket: string) => {
    const { finding, asked } = judged({ candidate, intake: { ticket } });
    await finding;
    return asked;
  };
  expect(await casesOf('a')).toEqual(await casesOf('a'));
  expect(await casesOf('a')).not.toEqual(await casesOf('b'));
});

test('where a program repeats itself it is measured once, and the incumbent too, unless more pairs are needed', async () => {
  const tools = gateBench({ programs: { candidate: incumbent, incumbent } });
  const asked: number[][] = [];
  const measure: typeof tools.measure = (requests, signal) => {
    asked.push(requests.map(({ cases }) => cases.length));
    return tools.measure(requests, signal);
  };
  const found = await nonInferiorityCheck.judge(intakeOf(), { ...tools, measure }, never);
  expect([found.verdict, found.cases]).toEqual(['pass', 32]);
  expect(asked).toEqual([[32], [40]]);
});

test('an exact study has no fresh cases', () => {
  expect(nonInferiorityCheck.inapplicable({ ...DECLARATION, isExact: true })).toMatch(
    /no fresh cases/,
  );
  expect(nonInferiorityCheck.inapplicable(DECLARATION)).toBeUndefined();
});

/** False rejections of equal candidates and false passes at the margin, each at most 5 % by promise. */
thorough('errors stay within their level', async () => {
  const margin = 1;
  const declaration = { isDeterministic: false, tolerance: { margin, smallestEffect: 2 } };
  const runs = 50;
  const count = async (shift: number, verdict: string) => {
    let hits = 0;
    for (let run = 0; run < runs; run++) {
      const own = secretRoot(`own ${run}`);
      const candidate = (seed: number) =>
        incumbent(seed) + shift + own.stream(0, String(seed)).normal();
      const found = await judged({ candidate, declaration, intake: { ticket: `r${run}` } }).finding;
      if (found.verdict === verdict) hits += 1;
    }
    return hits;
  };
  // Binomial(50, 0.05) exceeds 9 with a chance of 0.02 %.
  expect(await count(-margin, 'pass')).toBeLessThanOrEqual(9);
  expect(await count(0, 'fail')).toBeLessThanOrEqual(4);
  expect(await count(0, 'pass')).toBeGreaterThanOrEqual(0.9 * runs);
});
