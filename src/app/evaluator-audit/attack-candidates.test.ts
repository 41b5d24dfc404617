/** What a refusal rests on, with a judge that gives what the test says. */
import { expect, test } from 'vitest';
import { publicRoot } from '../../core/rng.ts';
import type { CaseResult, Evaluator } from '../../evaluators/contract.ts';
import { attack } from './attack-candidates.ts';
import { Bench, type Judged } from './bench.ts';
import type { KnownBad } from './known-bad.ts';

const FORGED = -99;
const root = publicRoot('1');
const seeds = Array.from({ length: 8 }, (_, i) => root.stream(-1, 'evaluator audit', i).u32());
const bad = (kind: KnownBad['kind']): KnownBad => ({
  name: kind,
  what: 'is bad',
  kind,
  text: kind,
});

type Value = (text: string, at: number) => number | CaseResult | undefined;

function judgeOf(value: Value): Evaluator {
  const resultOf = (said: ReturnType<Value>): CaseResult => {
    if (said === undefined) return { outcome: 'crashed', message: 'no' };
    return typeof said === 'number' ? { outcome: 'scored', value: said } : said;
  };
  return {
    traits: { place: 'process', deterministic: true, isolation: 'none' },
    measure: (requests) =>
      requests.map(({ candidate: { text }, cases }) => ({
        cpuMs: 0,
        cases: cases.map((seed) => resultOf(value(text, seeds.indexOf(seed)))),
      })),
    close: () => undefined,
  };
}

async function attacked(kind: KnownBad['kind'], value: Value, more: Partial<Judged> = {}) {
  const plan: Judged = {
    judge: judgeOf(value),
    origin: { id: 'sha256:0' as Judged['origin']['id'], text: 'origin' },
    publicRoot: root,
    rule: { mode: 'fwer' },
    opened: { metric: { name: 'loss', goal: 'min' } },
    ...more,
  };
  const [one] = await attack({ bench: new Bench(plan), candidates: [bad(kind)], forged: FORGED });
  return one;
}

const better: Value = (text) => (text === 'origin' ? 1 : 0);

test('a null candidate that wins is refused, a constant that wins is not', async () => {
  expect(await attacked('null', better)).toMatchObject({ against: 'better', isRefused: true });
  const constant = { against: 'better', isThrough: true, isRefused: false };
  expect(await attacked('constant', better)).toMatchObject(constant);
});

test('four cases raise the question, eight answer it', async () => {
  const lucky: Value = (text, at) => (text === 'origin' || at === 6 ? 1 : 0);
  expect(await attacked('null', lucky)).toMatchObject({ against: 'mixed', isRefused: false });
});

test('a tie, a loss and a failure are no win', async () => {
  for (const [value, against] of [
    [1, 'same'],
    [2, 'worse'],
    [undefined, 'failed'],
  ] as const) {
    const found = await attacked('null', (text) => (text === 'origin' ? 1 : value));
    expect(found).toMatchObject({ against, isRefused: false });
  }
});

test('a guard that is not kept holds it, and so does a verifier', async () => {
  const guard = { name: 'size', goal: 'min', unit: 'kb', margin: 1 } as const;
  const rule = { mode: 'fwer', guards: [guard] } as const;
  const sized =
    (size: number): Value =>
    (text) => ({
      outcome: 'scored',
      value: text === 'origin' ? 1 : 0,
      others: { size: text === 'origin' ? 1 : size },
    });
  expect(await attacked('null', sized(1.5), { rule })).toMatchObject({ isRefused: true });
  expect(await attacked('null', sized(3), { rule })).toMatchObject({ isRefused: false });
  expect(await attacked('null', better, { rule })).toMatchObject({ isRefused: false });
  const verifier = judgeOf((text) => (text === 'origin' ? 1 : undefined));
  expect(await attacked('null', better, { verifier })).toMatchObject({ isRefused: false });
});

test('a forged value is believed wherever it is scored', async () => {
  const forged: Value = (text) => (text === 'origin' ? 1 : FORGED);
  expect(await attacked('forged', forged)).toMatchObject({ isBelieved: true, isRefused: true });
  expect(await attacked('tamper', forged)).toMatchObject({ isThrough: true, isRefused: false });
  expect(await attacked('forged', better)).toMatchObject({ isBelieved: false, isRefused: false });
});

test('a probe that fails has reached something', async () => {
  const held: Value = () => 1;
  const reached: Value = (text) => (text === 'origin' ? 1 : undefined);
  expect(await attacked('reach', held)).toMatchObject({ isThrough: false });
  expect(await attacked('reach', reached)).toMatchObject({ isThrough: true, isRefused: false });
});
