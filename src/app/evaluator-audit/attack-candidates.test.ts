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

function judgeOf(value: Value, deterministic = true): Evaluator {
  const resultOf = (said: ReturnType<Value>): CaseResult => {
    if (said === undefined) return { outcome: 'crashed', message: 'no' };
    return typeof said === 'number' ? { outcome: 'scored', value: said } : said;
  };
  return {
    traits: { place: 'process', deterministic, isolation: 'none' },
    measure: (requests) =>
      requests.map(({ candidate: { text }, cases }) => ({
        cpuMs: 0,
        cases: cases.map((seed) => resultOf(value(text, seeds.indexOf(seed)))),
      })),
    close: () => undefined,
  };
}

interface Asked {
  readonly plan?: Partial<Judged>;
  readonly bad?: Partial<KnownBad>;
  readonly deterministic?: boolean;
  readonly failing?: readonly CaseResult[];
}

async function attacked(kind: KnownBad['kind'], value: Value, asked: Asked = {}) {
  const { deterministic = true, failing = [] } = asked;
  const plan: Judged = {
    judge: judgeOf(value, deterministic),
    origin: { id: 'sha256:0' as Judged['origin']['id'], text: 'origin' },
    publicRoot: root,
    rule: { mode: 'fwer' },
    opened: { metric: { name: 'loss', goal: 'min' } },
    ...asked.plan,
  };
  const candidates = [{ ...bad(kind), ...asked.bad }];
  const [one] = await attack({ bench: new Bench(plan), candidates, forged: [FORGED], failing });
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
  expect(await attacked('null', sized(1.5), { plan: { rule } })).toMatchObject({ isRefused: true });
  expect(await attacked('null', sized(3), { plan: { rule } })).toMatchObject({ isRefused: false });
  expect(await attacked('null', better, { plan: { rule } })).toMatchObject({ isRefused: false });
  const verifier = judgeOf((text) => (text === 'origin' ? 1 : undefined));
  expect(await attacked('null', better, { plan: { verifier } })).toMatchObject({
    isRefused: false,
  });
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

test('one that leaves before it could answer wins by a result that is not its own', async () => {
  const leaving = { bad: { leaves: true } } as const;
  expect(await attacked('forged', better, leaving)).toMatchObject({ isRefused: true });
});

test('a verifier that does not believe a forged value holds it, also where it is no gain', async () => {
  const forged: Value = (text) => (text === 'origin' ? FORGED - 1 : FORGED);
  expect(await attacked('forged', forged)).toMatchObject({ against: 'worse', isRefused: true });
  const verifier = judgeOf((text) => (text === 'origin' ? 1 : undefined));
  const held = await attacked('forged', forged, { plan: { verifier } });
  expect(held).toMatchObject({ isBelieved: false, isRefused: false });
});

test('a probe that reached something shows where failing has a score too', async () => {
  const lenient: Value = (text) => (text === 'origin' ? 1 : 5);
  const failing: readonly CaseResult[] = Array(4).fill({ outcome: 'scored', value: 5 });
  expect(await attacked('reach', lenient, { failing })).toMatchObject({ isThrough: true });
  expect(await attacked('reach', () => 1, { failing })).toMatchObject({ isThrough: false });
});

test('what wins on four cases and not on eight was luck, whatever its kind', async () => {
  const lucky: Value = (text, at) => (text === 'origin' || at === 6 ? 1 : 0);
  expect(await attacked('noise', lucky)).toMatchObject({ isThrough: false });
});

test('tampering is told from what it stands on', async () => {
  const scores =
    (wrong: number | undefined, patched: number | undefined): Value =>
    (text) =>
      text === 'origin' ? 1 : text === 'wrong' ? wrong : patched;
  const on = async (value: Value) =>
    (await attacked('tamper', value, { bad: { beside: 'wrong' } }))?.isThrough;
  expect(await on(scores(undefined, 1))).toBe(true);
  expect(await on(scores(5, 2))).toBe(true);
  expect(await on(scores(undefined, undefined))).toBe(false);
  // Better than the origin, and no better than the same answers without it.
  expect(await on(scores(0, 0))).toBe(false);
});

test('nothing is begun once it is over, but one of each kind', async () => {
  const plan: Judged = {
    judge: judgeOf(() => 1),
    origin: { id: 'sha256:0' as Judged['origin']['id'], text: 'origin' },
    publicRoot: root,
    rule: { mode: 'fwer' },
    opened: { metric: { name: 'loss', goal: 'min' } },
  };
  const candidates = [bad('null'), bad('null'), bad('forged'), bad('forged')];
  const found = await attack({
    bench: new Bench(plan),
    candidates,
    forged: [FORGED],
    isOver: () => true,
  });
  expect(found.map((one) => one?.kind)).toEqual(['null', undefined, 'forged', undefined]);
});
