/** What a floor leaves behind: its answer, what is signed of it, what is sealed, and what it cost. */
import { describe, expect, test } from 'vitest';
import { PacelineError } from '../core/errors.ts';
import { sha256 } from '../core/hash.ts';
import { statementOf } from '../core/statement.ts';
import type { Check, CheckFinding } from '../gates/contract.ts';
import { candidateOf, gateBench } from '../testing/gate-bench.ts';
import { memoryBench } from '../testing/known-bench.ts';
import { manualClock } from '../testing/manual-clock.ts';
import { judgeFloor } from './judge.ts';

const never = new AbortController().signal;
const candidate = candidateOf('candidate');
const against = candidateOf('incumbent');
const REQUEST = { candidate, against };

function check(name: Check['name'], judge: () => Partial<CheckFinding>): Check {
  const fine = { verdict: 'pass', why: 'fine', evidence: null, cases: 1 } as const;
  return { name, inapplicable: () => undefined, judge: async () => ({ ...fine, ...judge() }) };
}

describe('the answer', () => {
  test('without a single finding is deferred: nobody looked', async () => {
    expect(await judgeFloor(memoryBench(), REQUEST, never)).toMatchObject({ verdict: 'deferred' });
  });

  test('says that a person is needed and that something happened, and never why', async () => {
    const bench = memoryBench({
      checks: [
        check('C16', () => ({ needsPerson: 'it reads the environment', why: 'grown' })),
        check('C1', () => ({ verdict: 'fail', why: 'it wrote /etc', incident: 'left the jail' })),
      ],
    });
    const answer = await judgeFloor(bench, REQUEST, never);
    expect(answer).toMatchObject({ verdict: 'fail', needsPerson: true, incident: 'left the jail' });
    expect(JSON.stringify(answer)).not.toMatch(/environment|grown|etc/);
    const plain = memoryBench({ checks: [check('C3', () => ({}))] });
    const passed = await judgeFloor(plain, REQUEST, never);
    expect(passed).not.toHaveProperty('needsPerson');
    expect(passed).not.toHaveProperty('incident');
  });

  test('is signed as the entry that names it, of this study, with where it is sealed', async () => {
    const signed: string[] = [];
    const sign = (text: string): string => {
      signed.push(text);
      return 'S'.repeat(86);
    };
    const signer = { key: sha256('key'), publicKey: '', sign };
    const bench = memoryBench({ checks: [check('C3', () => ({}))], signer });
    const { entry, evidence, signature } = await judgeFloor(bench, REQUEST, never);
    const names = { candidate: candidate.id, against: against.id };
    const body = { ...names, verdict: 'pass', entry, evidence, key: signer.key };
    expect(signed).toEqual([statementOf({ study: bench.study, type: 'gate.judged', body })]);
    expect(signature).toBe('S'.repeat(86));
    expect(bench.kept.of('verdict')).toMatchObject([{ entry, evidence, body: names }]);
  });

  test('names and signs the cases that were planned for its origin, and for no other', async () => {
    const signed: string[] = [];
    const sign = (text: string): string => {
      signed.push(text);
      return 'S'.repeat(86);
    };
    const signer = { key: sha256('key'), publicKey: '', sign };
    const rule = { cpuMs: 6_000, least: 99, most: 3_000 };
    const cost = { callMs: 1_000, calls: 1, extra: 0, few: 300 };
    const told = async (origin: string) => {
      const bench = memoryBench({ checks: [check('C5', () => ({ cases: 99 }))], signer });
      bench.kept.write('planned', { check: 'C5', origin, rule, cost, cases: 99 });
      const { propertyCases } = await judgeFloor(bench, REQUEST, never);
      expect(bench.kept.of('verdict')[0]?.body.propertyCases).toBe(propertyCases);
      return propertyCases;
    };
    expect(await told(against.id)).toBe(99);
    expect(signed[0]).toContain('"propertyCases":99');
    expect(await told(candidate.id)).toBeUndefined();
    expect(signed[1]).not.toContain('propertyCases');
  });

  test('is given once to one pair by one gate; any other question is looked at', async () => {
    let looked = 0;
    const counting = check('C3', () => {
      looked += 1;
      return {};
    });
    const bench = memoryBench({ checks: [counting] });
    const first = await judgeFloor(bench, REQUEST, never);
    expect(await judgeFloor(bench, REQUEST, never)).toEqual(first);
    expect(looked).toBe(1);
    await judgeFloor(bench, { candidate: candidateOf('another'), against }, never);
    await judgeFloor(bench, { candidate, against: candidateOf('another') }, never);
    await judgeFloor({ ...bench, digest: sha256('another gate') }, REQUEST, never);
    expect(looked).toBe(4);
  });
});

describe('a check that cannot be carried out', () => {
  const failing = (error: unknown) =>
    check('C3', () => {
      throw error;
    });

  test.each([
    [new PacelineError('ISOLATION', 'no jail'), 'ISOLATION', 'no jail'],
    [new Error('no disk'), 'INTERNAL', 'no disk'],
    ['a bare word', 'INTERNAL', 'a bare word'],
  ])('has found nothing, which is no pass: %s', async (error, code, why) => {
    const bench = memoryBench({ checks: [failing(error), check('C16', () => ({}))] });
    expect(await judgeFloor(bench, REQUEST, never)).toMatchObject({ verdict: 'deferred' });
    const [broken, other] = bench.kept.of('verdict')[0]?.body.findings ?? [];
    expect(broken).toMatchObject({ check: 'C3', verdict: 'inconclusive', cases: 0 });
    expect(broken?.why).toBe(
      `functional non-inferiority on secret cases could not be carried out: ${why}`,
    );
    expect(bench.evidence.get(broken?.evidence as never)).toEqual({ error: code, why });
    expect(other).toMatchObject({ check: 'C16', verdict: 'pass' });
  });
});

test('evidence is sealed with a name for what JSON has no number for', async () => {
  const evidence = { worst: Number.NEGATIVE_INFINITY, mean: Number.NaN, n: 3 } as never;
  const bench = memoryBench({ checks: [check('C3', () => ({ evidence }))] });
  await judgeFloor(bench, REQUEST, never);
  const [found] = bench.kept.of('verdict')[0]?.body.findings ?? [];
  expect(bench.evidence.get(found?.evidence as never)).toEqual({
    worst: '-Infinity',
    mean: 'NaN',
    n: 3,
  });
});

test('a verdict costs what its checks took here and in jails, and nothing from before', async () => {
  const clock = manualClock();
  clock.advance(5000);
  let jailedMs = 700;
  const dear = check('C3', () => {
    clock.advance(200);
    jailedMs += 40;
    return {};
  });
  const metered = async () => ({ floor: [dear], tools: gateBench(), cpuMs: () => jailedMs });
  const answer = await judgeFloor(memoryBench({ clock, metered }), REQUEST, never);
  expect(answer).toMatchObject({ tookMs: 200, cpuMs: 240 });
});
