/** Answers the questions of one study: opens its sealed store at the first, its evaluator when one needs it. */
import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { PacelineError } from '../../core/errors.ts';
import { sha256 } from '../../core/hash.ts';
import type { Json } from '../../core/json.ts';
import { secretRoot } from '../../core/rng.ts';
import { mayEngineAsk } from '../../core/statement.ts';
import { judgeAudit } from '../../gatekeeper/audit.ts';
import type { Bench } from '../../gatekeeper/bench.ts';
import type { GateIdentity } from '../../gatekeeper/contract.ts';
import { evidenceFolder } from '../../gatekeeper/evidence.ts';
import { judgeFloor } from '../../gatekeeper/judge.ts';
import { folderSigner } from '../../gatekeeper/keys.ts';
import type { Introduction, Question } from '../../gatekeeper/messages.ts';
import { openKept } from '../../gates/kept.ts';
import { openRecord } from '../../gates/record-file.ts';
import { createDurably } from '../../stores/durable.ts';
import {
  auditWork,
  evidencePath,
  gateRecordPath,
  gateSecretPath,
  gateWork,
  keysFolder,
  readSecret,
} from '../study-files.ts';
import { systemClock } from '../system-clock.ts';
import { gateDigest } from './digest.ts';
import type { Kit } from './kit.ts';
import { type StandingTrial, standingTrial } from './standing-trial.ts';

export interface Keeper {
  answer(question: Question, signal: AbortSignal): Promise<unknown>;
  close(): Promise<void>;
}

/** @throws PacelineError `GATE_STORE`, `GATE_KEY` or `SECRET_MISSING`. */
export function openKeeper(introduction: Introduction): Keeper {
  const { id, root } = introduction;
  const secretCommit = sha256(readSecret(root, id));
  const store = openRecord({ path: gateRecordPath(root, id), secretCommit });
  const own = ownSecret(root, id);
  const kept = openKept({ open: () => store, secretCommit });
  const open = async (work: string): Promise<Kit> =>
    (await import('./kit.ts')).openKit({ ...introduction, store, kept, work });
  const kit = lazy(() => open(gateWork(id)));
  const deepKit = lazy(() => open(auditWork(id)));
  const bench: Bench = {
    kept,
    evidence: evidenceFolder(evidencePath(root, id)),
    signer: folderSigner(keysFolder(root), systemClock),
    study: secretCommit,
    origin: introduction.origin,
    digest: gateDigest(introduction.config as object),
    secret: own,
    clock: systemClock,
    cores: availableParallelism(),
    metered: async () => (await kit.get()).metered(secretRoot(own)),
    auditCpuMs: auditCpuOf(introduction.config),
    deep: async (evals) => (await deepKit.get()).metered(secretRoot(own), evals),
  };
  const trial = standingTrial(bench, introduction.config);
  const answering = { bench, kit: kit.get, own, trial, audits: lane() };
  return {
    answer: (question, signal) => answer(answering, question, signal),
    async close() {
      await trial.close();
      for (const one of [kit, deepKit]) await (await one.ifMade())?.close();
      store.close();
    },
  };
}

/** Of the config as it is written down: milliseconds. Default: ten minutes. */
function auditCpuOf(config: Json): number {
  const { safety } = config as { readonly safety?: { readonly audit?: { readonly cpu?: number } } };
  return safety?.audit?.cpu ?? AUDIT_CPU_MS;
}

const AUDIT_CPU_MS = 600_000;

interface Answering {
  readonly bench: Bench;
  readonly kit: () => Promise<Kit>;
  readonly own: string;
  readonly trial: StandingTrial;
  /** One after the other. */
  readonly audits: Lane;
}

async function answer(
  { bench, kit, own, trial, audits }: Answering,
  question: Question,
  signal: AbortSignal,
): Promise<unknown> {
  switch (question.ask) {
    case 'join':
      bench.kept.require(question.stamp);
      await trial.qualification();
      return identityOf(bench, own);
    case 'judge': {
      refuseRevealed(bench);
      await trial.qualification();
      const said = await judgeFloor(bench, question.request, signal);
      trial.begin();
      return said;
    }
    case 'audit':
      refuseRevealed(bench);
      return audits(() => judgeAudit(bench, question.request, signal));
    case 'rating':
      return trial.rating();
    case 'sign':
      return signed(bench, question.statement);
    case 'reveal':
      revealed.add(bench);
      return own;
    case 'require':
      return bench.kept.require(question.stamp);
    case 'holdout.seal':
      return (await kit()).holdout().seal(question.request, signal);
    case 'holdout.judge':
      return (await kit()).holdout().judge(question.request, signal);
    case 'holdout.reveal':
      return (await kit()).holdout().reveal(question.generation, question.candidate);
    case 'pool.confirm':
      return (await kit()).pool().confirm(question.request, signal);
    default:
      throw new PacelineError('INTERNAL', 'The gatekeeper knows no such question.');
  }
}

const revealed = new WeakSet<Bench>();

/** Whoever knows its secret knows its cases. */
function refuseRevealed(bench: Bench): void {
  if (!revealed.has(bench)) return;
  throw new PacelineError('INTERNAL', 'The gatekeeper has revealed its secret and judges no more.');
}

/** Never a verdict, which is the gatekeeper's own to give. */
function signed({ signer, study }: Bench, statement: string) {
  if (mayEngineAsk(statement, study)) return { key: signer.key, signature: signer.sign(statement) };
  throw new PacelineError('INTERNAL', 'The engine asked for a signature that it may not have.');
}

function identityOf({ signer, digest }: Bench, own: string): GateIdentity {
  const { key, publicKey } = signer;
  const user = { shared: 'the engine and the gatekeeper are processes of one user' };
  return { digest, secretCommit: sha256(own), key, publicKey, user };
}

/** Made once, durable before its commitment is told. */
function ownSecret(root: string, id: string): string {
  const path = gateSecretPath(root, id);
  if (!existsSync(path)) createDurably(path, randomBytes(32).toString('hex'), 0o600);
  return readFileSync(path, 'utf8').trim();
}

type Lane = <T>(work: () => Promise<T>) => Promise<T>;

function lane(): Lane {
  let last: Promise<unknown> = Promise.resolve();
  return (work) => {
    const next = last.then(work, work);
    last = next.catch(() => undefined);
    return next;
  };
}

function lazy<T>(make: () => Promise<T>) {
  let made: Promise<T> | undefined;
  return {
    get: (): Promise<T> => (made ??= make()),
    ifMade: async (): Promise<T | undefined> => made?.catch(() => undefined),
  };
}
