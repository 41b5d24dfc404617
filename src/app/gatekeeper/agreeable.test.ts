import { expect, test } from 'vitest';
import { sha256 } from '../../core/hash.ts';
import { statementOf } from '../../core/statement.ts';
import { judgeFloor } from '../../gatekeeper/judge.ts';
import type { Check, CheckFinding } from '../../gates/contract.ts';
import { candidateOf } from '../../testing/gate-bench.ts';
import { memoryBench } from '../../testing/known-bench.ts';
import { isAgreeable } from './agreeable.ts';

const request = { candidate: candidateOf('candidate'), against: candidateOf('incumbent') };
const names = { candidate: request.candidate.id, against: request.against.id };

async function judged(verdict: CheckFinding['verdict']) {
  const check: Check = {
    name: 'C16',
    inapplicable: () => undefined,
    judge: async () => ({ verdict, why: '', evidence: { seen: verdict }, cases: 1 }),
  };
  const bench = memoryBench({ checks: [check] });
  const { evidence } = await judgeFloor(bench, request, new AbortController().signal);
  return { bench, evidence };
}

const approval = (about: object | undefined, decision = 'approve') =>
  statementOf({
    study: sha256('secret'),
    type: 'approval.decided',
    body: { approval: 1, decision },
    ...(about ? { about: about as Record<string, unknown> } : {}),
  });

test('a yes to what this gatekeeper let pass is signed, a no to anything, and a root', async () => {
  const { bench, evidence } = await judged('pass');
  const about = { about: 'promotion', ...names, evidence };
  expect(isAgreeable(bench, approval(about))).toBe(true);
  expect(isAgreeable(bench, approval({ ...about, evidence: 'x' }, 'reject'))).toBe(true);
  expect(isAgreeable(bench, approval({ about: 'gate-change' }))).toBe(true);
  const root = statementOf({ study: sha256('secret'), type: 'root.signed', body: { to: 1 } });
  expect(isAgreeable(bench, root)).toBe(true);
});

test.each([
  ['another candidate', { candidate: sha256('other') }],
  ['another incumbent', { against: sha256('other') }],
  ['a verdict that was never given', { evidence: sha256('other') }],
  ['neither a promotion nor a gate', { about: 'anything' }],
])('planted: a yes to %s is not signed', async (_, over) => {
  const { bench, evidence } = await judged('pass');
  expect(isAgreeable(bench, approval({ about: 'promotion', ...names, evidence, ...over }))).toBe(
    false,
  );
  expect(isAgreeable(bench, approval(undefined))).toBe(false);
});

test.each(['fail', 'inconclusive'] as const)(
  'planted: nor a yes to a verdict of %s',
  async (said) => {
    const { bench, evidence } = await judged(said);
    expect(isAgreeable(bench, approval({ about: 'promotion', ...names, evidence }))).toBe(false);
  },
);

test('planted: nor where the evidence is gone, which a second question is told too', async () => {
  const { bench, evidence } = await judged('pass');
  const get = () => {
    throw new Error('is gone');
  };
  const lost = { ...bench, evidence: { ...bench.evidence, get } };
  const about = { about: 'promotion', ...names, evidence };
  expect(() => isAgreeable(lost, approval(about))).toThrow('is gone');
  await expect(judgeFloor(lost, request, new AbortController().signal)).rejects.toThrow('is gone');
});
