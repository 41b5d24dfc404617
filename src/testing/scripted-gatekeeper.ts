/**
 * A gatekeeper in the calling thread that judges as it is told, for tests of what stands around it. It keeps
 * its record as the real one does; its signatures are no signatures.
 */
import { type Hash, sha256 } from '../core/hash.ts';
import type { FloorAnswer, FloorRequest, Gatekeeper, SignedStamp } from '../gatekeeper/contract.ts';
import type { GateStore } from '../gates/contract.ts';
import { openKept } from '../gates/kept.ts';
import type { Plan } from '../loop/plan.ts';
import { memoryGate } from './memory-gate.ts';

export type Verdict = Pick<FloorAnswer, 'verdict' | 'needsPerson'>;

export interface ScriptedGate {
  /** Of the code that judges; another name is another gate. */
  readonly name?: string;
  readonly judge?: (request: FloorRequest) => Verdict;
  readonly store?: GateStore;
}

const KEY = sha256('scripted key');
const SIGNATURE = `${'A'.repeat(86)}==`;
const PASS: Verdict = { verdict: 'pass' };

export function scriptedGatekeeper(
  { secretCommit }: Pick<Plan['opened'], 'secretCommit'>,
  { name = 'gate', judge = () => PASS, store = memoryGate(secretCommit) }: ScriptedGate = {},
): Gatekeeper {
  const kept = openKept({ open: () => store, secretCommit });
  const digest = sha256(name);
  const signed: Omit<SignedStamp, 'entry' | 'evidence'> = { key: KEY, signature: SIGNATURE };
  return {
    async join(stamp) {
      kept.require(stamp);
      return identityOf(digest);
    },
    async judge(request) {
      const { candidate, against } = request;
      const { verdict, needsPerson } = judge(request);
      const given = kept
        .of('verdict')
        .find(
          ({ body }) =>
            body.candidate === candidate.id &&
            body.against === against.id &&
            body.digest === digest,
        );
      const cost = { tookMs: 0, cpuMs: 0 };
      const names = { candidate: candidate.id, against: against.id };
      const findings = [findingOf({ verdict, ...(needsPerson ? { needsPerson } : {}) })];
      const { entry, evidence } =
        given ?? kept.write('verdict', { ...names, verdict, findings, digest, ...cost });
      const asks = needsPerson ? { needsPerson } : {};
      return { verdict, ...asks, entry, evidence, ...signed, ...cost };
    },
    async audit({ audit, from, to }) {
      const given = kept.of('audit').find(({ body }) => body.audit === audit);
      const names = { audit, from: from.id, to: to.id };
      const cost = { tookMs: 0, cpuMs: 0 };
      const told = { verdict: 'pass' as const, completeness: 1 };
      const { entry, evidence } =
        given ?? kept.write('audit', { ...names, ...told, findings: [], digest, ...cost });
      return { ...told, entry, evidence, ...signed, ...cost };
    },
    async rating() {
      throw new Error('a scripted gatekeeper is never rated');
    },
    sign: async () => signed,
    reveal: async () => 'scripted',
    close: () => undefined,
  };
}

function identityOf(digest: Hash) {
  const user = { shared: 'it is a part of the test' };
  return {
    digest,
    secretCommit: sha256('scripted'),
    key: KEY,
    publicKey: `${'A'.repeat(43)}=`,
    user,
  };
}

function findingOf({ verdict, needsPerson }: Verdict) {
  return {
    check: 'C16',
    verdict: verdict === 'deferred' ? ('inconclusive' as const) : verdict,
    why: 'as the test says',
    cases: 0,
    evidence: sha256('scripted evidence'),
    ...(needsPerson ? { needsPerson: 'as the test says' } : {}),
  };
}
