/**
 * A gatekeeper in the calling thread that judges as it is told, for tests of what stands around it. It keeps
 * its record and signs as the real one does, with a key of this process.
 */
import { generateKeyPairSync, sign } from 'node:crypto';
import { type Hash, sha256 } from '../core/hash.ts';
import { keyIdOf } from '../core/signature.ts';
import { type Decision, statementOf } from '../core/statement.ts';
import type {
  AuditAnswer,
  AuditRequest,
  FloorAnswer,
  FloorRequest,
  Gatekeeper,
  GateRating,
} from '../gatekeeper/contract.ts';
import type { GateStore } from '../gates/contract.ts';
import { type Kept, openKept } from '../gates/kept.ts';
import type { Plan } from '../loop/plan.ts';
import { wilson } from '../stats/wilson.ts';
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

/** Says and signs what it is told to. */
interface Scripted extends Required<Pick<ScriptedGate, 'judge'>> {
  readonly kept: Kept;
  readonly digest: Hash;
  readonly signed: <B extends object>(
    type: string,
    told: B,
    about?: Decision['body'],
  ) => B & { readonly key: Hash; readonly signature: string };
}

export function scriptedGatekeeper(
  { secretCommit }: Pick<Plan['opened'], 'secretCommit'>,
  { name = 'gate', judge = () => PASS, store = memoryGate(secretCommit) }: ScriptedGate = {},
): Gatekeeper {
  const kept = openKept({ open: () => store, secretCommit });
  const digest = sha256(name);
  const scripted: Scripted = {
    kept,
    digest,
    judge,
    signed(type, told, about) {
      const body = { ...told, key: KEY };
      const decision = { study: secretCommit, type, body, ...(about ? { about } : {}) };
      return { ...body, signature: signatureOf(statementOf(decision)) };
    },
  };
  return {
    async join(stamp) {
      kept.require(stamp);
      return identityOf(digest);
    },
    judge: async (request) => judged(scripted, request),
    audit: async (request) => audited(scripted, request),
    rating: async () => ({ ...rated(scripted), untoldMs: 1 }),
    sign: async (statement) => ({ key: KEY, signature: signatureOf(statement) }),
    reveal: async () => ({ secret: 'scripted' }),
    close: () => undefined,
  };
}

const COST = { tookMs: 0, cpuMs: 0 };
const NONE_LEFT = { findings: [], unlooked: [] };

function judged({ kept, digest, judge, signed }: Scripted, request: FloorRequest): FloorAnswer {
  const names = { candidate: request.candidate.id, against: request.against.id };
  const { verdict, needsPerson } = judge(request);
  const asks = needsPerson ? { needsPerson } : {};
  const given = kept
    .of('verdict')
    .find(
      ({ body }) =>
        body.candidate === names.candidate &&
        body.against === names.against &&
        body.digest === digest,
    );
  const findings = [findingOf({ verdict, ...asks })];
  const { entry, evidence } =
    given ?? kept.write('verdict', { ...names, verdict, findings, digest, ...COST });
  const said = { ...names, verdict, ...asks, entry, evidence };
  const { candidate: _candidate, against: _against, ...told } = signed('gate.judged', said);
  return { ...told, ...COST };
}

function audited({ kept, digest, signed }: Scripted, request: AuditRequest): AuditAnswer {
  const { audit } = request;
  const about = { from: request.from.id, to: request.to.id };
  const told = { verdict: 'pass' as const, completeness: 1 };
  const given = kept.of('audit').find(({ body }) => body.audit === audit);
  const { entry, evidence } =
    given ?? kept.write('audit', { audit, ...about, ...told, ...NONE_LEFT, digest, ...COST });
  const said = { audit, ...told, ...COST, entry, evidence };
  const { audit: _audit, ...answer } = signed('audit.finished', said, about);
  return answer;
}

/** As it was qualified: no trap was ever laid. */
function rated({ kept, digest }: Scripted): GateRating {
  const none = { traps: 0, caught: 0, honest: 0, refused: 0 };
  const prior = { traps: 100, caught: 100, honest: 100, refused: 0 };
  const [recallLower] = wilson(prior.caught, prior.traps);
  const told = { ...prior, recallLower, frozen: false };
  const [given] = kept.of('rated');
  const { entry, evidence } =
    given ?? kept.write('rated', { gates: digest, prior, live: none, ...told });
  return { ...told, entry, evidence };
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
