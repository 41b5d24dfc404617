/** Answers the questions of one study: opens its sealed store at the first, its evaluator when one needs it. */
import { availableParallelism } from 'node:os';
import type { Candidate } from '../../core/candidate.ts';
import { PacelineError } from '../../core/errors.ts';
import { type Hash, sha256 } from '../../core/hash.ts';
import type { Json } from '../../core/json.ts';
import { secretRoot } from '../../core/rng.ts';
import { mayEngineAsk } from '../../core/statement.ts';
import { judgeAudit } from '../../gatekeeper/audit.ts';
import type { Bench, Metered } from '../../gatekeeper/bench.ts';
import type { FloorAnswer, FloorRequest, GateIdentity } from '../../gatekeeper/contract.ts';
import { evidenceFolder } from '../../gatekeeper/evidence.ts';
import { judgeFloor } from '../../gatekeeper/judge.ts';
import { folderSigner } from '../../gatekeeper/keys.ts';
import type { Introduction, Question } from '../../gatekeeper/messages.ts';
import { lookAfterFloor } from '../../gatekeeper/series.ts';
import { type Teller, teller } from '../../gatekeeper/told.ts';
import { openKept } from '../../gates/kept.ts';
import { openRecord } from '../../gates/record-file.ts';
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
import { isAgreeable } from './agreeable.ts';
import { gateDigest } from './digest.ts';
import type { Kit } from './kit.ts';
import { ownSecret } from './own-secret.ts';
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
  const kept = openKept({ open: () => store, secretCommit });
  const isNeeded = kept.of('verdict').length + kept.of('sealed').length > 0;
  const own = orShut(store, () => ownSecret({ path: gateSecretPath(root, id), isNeeded }));
  const digest = gateDigest(introduction.config as object);
  const shared = { gates: digest, shown: { answered: new Map(), derived: new Map() } };
  const open = async (work: string): Promise<Kit> =>
    (await import('./kit.ts')).openKit({ ...introduction, ...shared, store, kept, own, work });
  const kit = lazy(() => open(gateWork(id)));
  const deepKit = lazy(() => open(auditWork(id)));
  const last: { floor?: Metered; deep?: Metered } = {};
  const jailed = (): number => (last.floor?.cpuMs() ?? 0) + (last.deep?.cpuMs() ?? 0);
  const told = teller(() => systemClock.cpuMs() + jailed());
  const bench: Bench = {
    kept,
    evidence: evidenceFolder(evidencePath(root, id)),
    signer: folderSigner(keysFolder(root), systemClock),
    study: secretCommit,
    origin: introduction.origin,
    digest,
    promised: introduction.floor ?? [],
    secret: own,
    clock: systemClock,
    cores: availableParallelism(),
    metered: async () => (last.floor = (await kit.get()).metered(secretRoot(own))),
    auditCpuMs: auditCpuOf(introduction.config),
    deep: async (evals) => (last.deep = (await deepKit.get()).metered(secretRoot(own), evals)),
  };
  const trial = standingTrial(bench, introduction.config);
  const closing = new AbortController();
  const audits = lane();
  const looks = closing.signal;
  const isDeclared = declaresProperties(introduction.config);
  const answering = { bench, kit: kit.get, own, trial, told, looks, audits, isDeclared };
  return {
    answer: (question, signal) => answer(answering, question, signal),
    async close() {
      closing.abort();
      // First: the next gatekeeper of this study reads the record while this one clears up.
      store.close();
      await trial.close();
      await audits(async () => undefined);
      for (const one of [kit, deepKit]) await (await one.ifMade())?.close();
    },
  };
}

/** What a person declared, and may have declared wrongly, is looked at before the first trial. */
function declaresProperties(config: Json): boolean {
  const { safety = {} } = config as { readonly safety?: object };
  return 'checks' in safety || 'confirm' in safety;
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
  readonly told: Teller;
  /** Aborted when it closes: nobody waits for a look. */
  readonly looks: AbortSignal;
  /** One after the other. */
  readonly audits: Lane;
  /** Properties of the task are declared: what cannot be used ends the study at its start. */
  readonly isDeclared: boolean;
}

interface Judging {
  readonly request: FloorRequest;
  readonly gate: Hash | undefined;
}

/** What follows a verdict, a trap or a look, nobody waits for. */
async function judged(
  { bench, trial, told, looks, audits }: Answering,
  { request, gate }: Judging,
  signal: AbortSignal,
): Promise<FloorAnswer> {
  requireSameGate(bench, gate);
  requireNamed([request.candidate, request.against]);
  await trial.qualification();
  const before = bench.kept.of('verdict').length;
  const said = await judgeFloor(bench, request, signal);
  trial.begin();
  const isNew = bench.kept.of('verdict').length > before;
  const look = () => lookAfterFloor(bench, request, looks);
  if (isNew) void audits(look).catch(() => undefined);
  return { ...said, untoldMs: told.untoldMs() };
}

async function answer(
  answering: Answering,
  question: Question,
  signal: AbortSignal,
): Promise<unknown> {
  const { bench, kit, own, trial, told, audits, isDeclared } = answering;
  switch (question.ask) {
    case 'join':
      bench.kept.require(question.stamp);
      told.owe(bench.kept, question.stamp);
      await trial.qualification();
      if (isDeclared) await kit();
      return identityOf(bench, own);
    case 'judge':
      return judged(answering, { request: question.request, gate: question.gate }, signal);
    case 'audit': {
      refuseRevealed(bench);
      requireSameGate(bench, question.gate);
      const { from, to, lineage } = question.request;
      requireNamed([from, to, ...lineage]);
      const said = await audits(() => judgeAudit(bench, question.request, signal));
      return { ...said, untoldMs: told.untoldMs() };
    }
    case 'rating':
      return { ...(await trial.rating()), untoldMs: told.untoldMs() };
    case 'sign':
      return signed(bench, question.statement);
    case 'reveal':
      if (bench.kept.of('left').length === 0) bench.kept.write('left', {});
      return { secret: own, untoldMs: told.untoldMs() };
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

/** Whoever knows its secret knows its cases; what stands in its record no restart forgets. */
function refuseRevealed({ kept }: Bench): void {
  if (kept.of('left').length === 0) return;
  throw new PacelineError('INTERNAL', 'The gatekeeper has revealed its secret and judges no more.');
}

/** Never a verdict, which is the gatekeeper's own to give; nor a yes to what it never let pass. */
function signed(bench: Bench, statement: string) {
  const { signer, study } = bench;
  if (mayEngineAsk(statement, study) && isAgreeable(bench, statement)) {
    return { key: signer.key, signature: signer.sign(statement) };
  }
  throw new PacelineError('INTERNAL', 'The engine asked for a signature that it may not have.');
}

function identityOf({ signer, digest }: Bench, own: string): GateIdentity {
  const { key, publicKey } = signer;
  const user = { shared: 'the engine and the gatekeeper are processes of one user' };
  return { digest, secretCommit: sha256(own), key, publicKey, user };
}

function orShut<T>(store: { close(): void }, work: () => T): T {
  try {
    return work();
  } catch (error) {
    store.close();
    throw error;
  }
}

/** A verdict is about a text by its hash: another text under that name would be judged in its place. */
function requireNamed(candidates: readonly Candidate[]): void {
  const strange = candidates.find(({ id, text }) => sha256(text) !== id);
  if (strange === undefined) return;
  const message = `The engine named a candidate by a hash that is not that of its text (${strange.id}), so nothing was judged. Report this.`;
  throw new PacelineError('INTERNAL', message, { candidate: strange.id });
}

/** One that was started again in the middle of a study may be another: our own code lies on a disk. */
function requireSameGate({ digest }: Bench, joined: Hash | undefined): void {
  if (joined === undefined || joined === digest) return;
  throw new PacelineError(
    'GATE_CHANGED',
    'The gates are not those that joined this study: their code changed while it ran, so nothing is judged. Restore them, or run paceline resume: a person is asked about the change.',
    { was: joined, is: digest },
  );
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
