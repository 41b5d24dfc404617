/**
 * A gatekeeper in the calling thread that judges as it is told, for tests of what stands around it. It keeps
 * its record and signs as the real one does, with a key of this process.
 */
import { generateKeyPairSync, sign } from 'node:crypto';
import { type Hash, sha256 } from '../core/hash.ts';
import { keyIdOf } from '../core/signature.ts';
import { type Decision, statementOf } from '../core/statement.ts';
import type { FloorAnswer, FloorRequest, Gatekeeper, GateStore } from '../gates/contract.ts';
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

const PAIR = generateKeyPairSync('ed25519');
const DER_PREFIX_BYTES = 12;
const RAW = PAIR.publicKey.export({ format: 'der', type: 'spki' }).subarray(DER_PREFIX_BYTES);
const PUBLIC_KEY = RAW.toString('base64');
const KEY = keyIdOf(PUBLIC_KEY);

function signatureOf(statement: string): string {
  return sign(null, Buffer.from(statement), PAIR.privateKey).toString('base64');
}

const PASS: Verdict = { verdict: 'pass' };

export function scriptedGatekeeper(
  { secretCommit }: Pick<Plan['opened'], 'secretCommit'>,
  { name = 'gate', judge = () => PASS, store = memoryGate(secretCommit) }: ScriptedGate = {},
): Gatekeeper {
  const kept = openKept({ open: () => store, secretCommit });
  const digest = sha256(name);
  const signed = <B extends object>(type: string, told: B, about?: Decision['body']) => {
    const body = { ...told, key: KEY };
    const decision = { study: secretCommit, type, body, ...(about ? { about } : {}) };
    return { ...body, signature: signatureOf(statementOf(decision)) };
  };
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
      const {
        candidate: _c,
        against: _a,
        ...told
      } = signed('gate.judged', {
        ...names,
        verdict,
        ...asks,
        entry,
        evidence,
      });
      return { ...told, ...cost };
    },
    async audit({ audit, from, to }) {
      const given = kept.of('audit').find(({ body }) => body.audit === audit);
      const about = { from: from.id, to: to.id };
      const names = { audit, ...about };
      const cost = { tookMs: 0, cpuMs: 0 };
      const told = { verdict: 'pass' as const, completeness: 1 };
      const { entry, evidence } =
        given ?? kept.write('audit', { ...names, ...told, findings: [], digest, ...cost });
      const said = { audit, ...told, ...cost, entry, evidence };
      const { audit: _, ...answer } = signed('audit.finished', said, about);
      return answer;
    },
    async rating() {
      throw new Error('a scripted gatekeeper is never rated');
    },
    sign: async (statement) => ({ key: KEY, signature: signatureOf(statement) }),
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
    publicKey: PUBLIC_KEY,
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
