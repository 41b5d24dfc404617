/** What every approver promises (approvers/contract.ts), as laws over random occasions and clocks. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { ApprovalRequest, Approver, Heard } from '../approvers/contract.ts';
import { approvalBinding } from '../core/approval.ts';
import { sha256 } from '../core/hash.ts';
import type { Suite } from './suite.ts';

const hash = fc.nat(3).map((n) => sha256(`${n}`));
const occasion = fc.record({
  about: fc.constantFrom('promotion' as const, 'gate-change' as const),
  autonomy: fc.constantFrom(3, 4),
  needsPerson: fc.boolean(),
  gain: fc.double({ min: 0, max: 10 }),
});

const bound = fc.record({ candidate: hash, against: hash, evidence: hash, rule: hash });
const request: fc.Arbitrary<ApprovalRequest> = fc
  .record({ bound, requestedAt: fc.nat(1_000), lastsMs: fc.integer({ min: 1, max: 1_000 }) })
  .map(({ bound: of, requestedAt, lastsMs }) => ({
    approval: 1,
    about: 'promotion',
    why: ['autonomy'],
    ...of,
    scope: [],
    requestedAt,
    expiresAt: requestedAt + lastsMs,
  }));

const heard = (of: Pick<ApprovalRequest, keyof typeof approvalBinding>, nowMs: number): Heard => {
  const { candidate, against, evidence, rule } = of;
  const said = { approval: 1, decision: 'approve' as const, reason: 'read' };
  return { said: { ...said, candidate, against, evidence, rule }, by: 'ada', nowMs };
};

export function approverConformance({ test }: Suite, make: () => Approver): void {
  test('the same occasion needs the same people, and a change of the gate always somebody', async () => {
    fc.assert(
      fc.property(occasion, (one) => {
        const { needs } = make();
        assert.deepEqual(needs(one), make().needs(one));
        if (one.about === 'gate-change' || one.needsPerson) assert.notEqual(needs(one).length, 0);
      }),
    );
  });

  test('a decision counts within its time alone', async () => {
    fc.assert(
      fc.property(request, fc.nat(3_000), (asked, nowMs) => {
        const counts = make().refuses(asked, heard(asked, nowMs)) === undefined;
        assert.equal(counts, nowMs >= asked.requestedAt && nowMs < asked.expiresAt);
      }),
    );
  });

  test('a decision counts for exactly what its request names', async () => {
    fc.assert(
      fc.property(request, bound, (asked, seen) => {
        const counts = make().refuses(asked, heard(seen, asked.requestedAt)) === undefined;
        const parts = Object.keys(approvalBinding) as (keyof typeof approvalBinding)[];
        assert.equal(
          counts,
          parts.every((part) => asked[part] === seen[part]),
        );
      }),
    );
  });

  test('a program never decides', async () => {
    fc.assert(
      fc.property(request, (asked) => {
        const said = { ...heard(asked, asked.requestedAt), by: 'mcp:helper' };
        assert.match(make().refuses(asked, said) ?? '', /program/);
      }),
    );
  });

  test('a request stands for a while, and not for ever', async () => {
    const { expiresMs } = make();
    assert.ok(expiresMs > 0 && Number.isFinite(expiresMs));
  });
}
