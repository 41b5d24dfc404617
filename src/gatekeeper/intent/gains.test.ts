/** What one look compares: gains over the origin, in the direction of the metric, and a few cases among canaries. */
import { expect, test } from 'vitest';
import type { JailProbe, LookRequest } from '../../sandboxes/contract.ts';
import { FORBIDDEN } from '../../sandboxes/contract.ts';
import { candidateOf, DECLARATION, gateBench, type Programs } from '../../testing/gate-bench.ts';
import { intentSpec, LOOK_EVALS, lookAt } from './look.ts';

const never = new AbortController().signal;
const origin = candidateOf('origin');
const candidate = candidateOf('candidate');
/** The bench has public cases 0, 1, 2, …; secret ones are any of 2³². */
const isShown = (seed: number): boolean => seed < 64;

function gapsOf(programs: Programs, declaration: Partial<typeof DECLARATION> = {}) {
  const tools = gateBench({ programs, declaration: { ...DECLARATION, ...declaration } });
  return lookAt({ candidate, origin, number: 1 }, tools, never).then(({ gaps }) => gaps);
}

test('public cases that are easier for the origin as well are no gap', async () => {
  const easier = (seed: number) => (isShown(seed) ? 5 : 1);
  expect(await gapsOf({ origin: easier, candidate: easier })).toEqual([0, 0, 0, 0]);
  const more = (seed: number) => 2 * easier(seed);
  expect(await gapsOf({ origin: easier, candidate: more })).toEqual([4, 4, 4, 4]);
  expect(await gapsOf({ origin: easier, candidate: more }, { goal: 'min' })).toEqual([
    -4, -4, -4, -4,
  ]);
});

test('of times the gain is how many times as fast', async () => {
  const times = { origin: () => 8, candidate: (seed: number) => (isShown(seed) ? 2 : 4) };
  const gaps = await gapsOf(times, { goal: 'min', isTimed: true });
  for (const gap of gaps ?? []) expect(gap).toBeCloseTo(Math.log(2), 12);
  expect(gaps).toHaveLength(4);
});

test('a case on which the origin has no score tells nothing', async () => {
  const crashed = { outcome: 'crashed', message: '' } as const;
  const half = (seed: number) => (isShown(seed) ? 1 : crashed);
  expect(await gapsOf({ origin: half, candidate: () => 1 })).toEqual([]);
});

test('a look takes the evaluations that are set aside for it', async () => {
  let evals = 0;
  const counted = () => {
    evals += 1;
    return 1;
  };
  await gapsOf({ origin: counted, candidate: counted });
  expect(evals).toBe(LOOK_EVALS);
});

test('the bounds of a series come from the origin: its scatter, or what the rule declares', async () => {
  const scattered = (seed: number) => seed % 4;
  const spec = (declaration: Partial<typeof DECLARATION>) => {
    const programs = { origin: scattered };
    const tools = gateBench({ programs, declaration: { ...DECLARATION, ...declaration } });
    return intentSpec(tools, origin, never);
  };
  const plain = await spec({});
  expect(plain.alpha).toBe(0.05);
  // Two σ, of which √2 are the scale of a difference.
  expect(plain.gapMargin / plain.gapScale).toBeCloseTo(Math.SQRT2, 12);
  const declared = await spec({ tolerance: { margin: 7, smallestEffect: 3 } });
  expect(declared).toMatchObject({ gapMargin: 7, gapScale: plain.gapScale });
  const wider = await spec({ tolerance: { smallestEffect: 4 } });
  expect(wider.gapMargin).toBeCloseTo(2 * plain.gapMargin, 12);
});

test('two cases among canaries at every fourth look; what the origin touches is nobody’s fault', async () => {
  const looks: LookRequest[] = [];
  const jailOf = (
    touches: Readonly<Record<string, readonly string[]>>,
    isWatched = true,
  ): JailProbe => ({
    blind: [],
    tells: [],
    async look(request) {
      looks.push(request);
      const touched = touches[request.candidate.text] ?? [];
      return { scored: request.cases.length, touched, isKilled: false, isWatched, cpuMs: 1 };
    },
  });
  const canary = async (jail: JailProbe, number = 1) => {
    const tools = gateBench({ programs: { origin: () => 1, candidate: () => 1 }, jail });
    return (await lookAt({ candidate, origin, number }, tools, never)).canary;
  };
  expect(await canary(jailOf({}))).toBe(false);
  expect(looks).toMatchObject([{ candidate, forbids: FORBIDDEN }]);
  expect(looks[0]?.cases).toHaveLength(2);
  expect(await canary(jailOf({ candidate: ['a key'] }))).toBe(true);
  expect(await canary(jailOf({ candidate: ['a key'], origin: ['a key'] }))).toBe(false);
  expect(await canary(jailOf({}, false))).toBeUndefined();
  looks.length = 0;
  for (const number of [2, 3, 4]) expect(await canary(jailOf({}), number)).toBeUndefined();
  expect(looks).toEqual([]);
  expect(await canary(jailOf({}), 5)).toBe(false);
});
