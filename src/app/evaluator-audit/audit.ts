/**
 * Attacks a task's own evaluator with candidates that are known to be bad: what it lets through, which
 * mutants of the origin it notices, what it needs. Before the first trial only what would refuse a study.
 */

import { dirname, resolve } from 'node:path';
import { PacelineError } from '../../core/errors.ts';
import type { Plan } from '../../loop/plan.ts';
import type { TaskKind } from '../../tasks/contract.ts';
import { buildJudge, judgeFiles } from '../build-judge.ts';
import { buildVerifier } from '../build-verifier.ts';
import type { Config } from '../config-schema.ts';
import { chooseJail } from '../jail/choose.ts';
import { loadLanguages } from '../load-languages.ts';
import { orClose, together } from '../or-close.ts';
import { newStudyId, removeWork } from '../study-files.ts';
import { readSurface } from '../surface.ts';
import { systemClock } from '../system-clock.ts';
import { taskFolder } from '../task-folder.ts';
import { recordedKindOf, vocabularyOf } from '../task-kind.ts';
import { type Attacked, attack } from './attack-candidates.ts';
import { forgedValue } from './attacks.ts';
import { Bench, CASES } from './bench.ts';
import { type Attackers, type KnownBad, knownBad } from './known-bad.ts';
import { type KillRate, killRate, mutantsOf } from './mutants.ts';
import { digestOfTask, hasPassed, rememberPass } from './passed.ts';

export interface AuditRequest {
  readonly root: string;
  readonly config: Config;
  readonly plan: Plan;
  readonly onProgress?: (done: number, of: number) => void;
}

export interface EvaluatorAudit {
  readonly attacked: readonly Attacked[];
  readonly skipped: readonly string[];
  readonly mutants: KillRate;
  /** One-line differences of the first few mutants that nobody noticed. */
  readonly survivors: readonly string[];
}

const SHOWN_SURVIVORS = 5;
const SLOW_MS = 1_000;
const VERY_SLOW_MS = 10_000;

export async function auditAll(request: AuditRequest): Promise<EvaluatorAudit> {
  const { config, plan, onProgress } = request;
  const { candidates, skipped, kind, forged } = prepared(request);
  const { languages } = await loadLanguages(Object.keys(kind.toFiles(plan.origin.text)));
  const vocabulary = config.language && vocabularyOf(config.language);
  const source = { origin: plan.origin.text, languages, ...(vocabulary ? { vocabulary } : {}) };
  const mutants = mutantsOf(source, plan.publicRoot);
  const bench = new Bench(plan);
  await refuseUnscored(bench);
  let done = 0;
  const onDone = () => onProgress?.(++done, candidates.length + mutants.length);
  const attacked = await attack({ bench, candidates, forged, onDone });
  const rate = await killRate(bench, mutants, onDone);
  const survivors = rate.survivors
    .slice(0, SHOWN_SURVIVORS)
    .map((text) => lineOf(kind, plan.origin.text, text));
  return { attacked, skipped, mutants: rate, survivors };
}

async function refuseUnscored(bench: Bench): Promise<void> {
  const failed = (await bench.origin(CASES)).find(({ outcome }) => outcome !== 'scored');
  if (failed === undefined || failed.outcome === 'scored') return;
  throw new PacelineError(
    'ORIGIN_FAILED',
    `The evaluator cannot be audited: the origin was not scored (${failed.outcome}: ${failed.message}). Correct that first.`,
    { outcome: failed.outcome },
  );
}

/**
 * Null and forged candidates only, before anything is spent. Where one evaluation is very slow, one of each.
 * @throws PacelineError EVALUATOR_FAILED where a study could be won without doing anything.
 */
export async function auditBeforeFirstTrial(request: AuditRequest): Promise<void> {
  const { plan } = request;
  if (plan.judge.traits.place !== 'process') return;
  const { candidates, forged, kind } = prepared(request);
  const risky = candidates.filter((one) => one.kind === 'null' || one.kind === 'forged');
  if (risky.length === 0) return;
  const digest = digestOfTask(
    request.root,
    plan,
    risky.map(({ text }) => text),
  );
  if (digest !== undefined && hasPassed(digest)) return;
  await withOwnJudge(request, kind, async (bench) => {
    const before = systemClock.monotonicMs();
    const isTimed = plan.opened.metric.kind === 'time';
    const origin = await bench.origin(isTimed ? 1 : CASES);
    // The noise floor says what is wrong with the origin.
    if (origin.some(({ outcome }) => outcome !== 'scored')) return;
    const tookMs = systemClock.monotonicMs() - before;
    const some = tookMs > VERY_SLOW_MS ? oneOfEach(risky) : risky;
    if (some !== risky) process.emitWarning(shortened(tookMs, some), 'Paceline');
    const cases = isTimed || tookMs > SLOW_MS ? 1 : CASES;
    refuseThrough(await attack({ bench, candidates: some, forged, cases }));
    if (digest !== undefined && some === risky) rememberPass(digest);
  });
}

/**
 * Nothing of it is carried into the study, whose own processes start with its lock: what runs in its work
 * folder before that is taken for a stray.
 */
async function withOwnJudge(
  { root, config, plan }: AuditRequest,
  kind: TaskKind,
  look: (bench: Bench) => Promise<void>,
): Promise<void> {
  const id = `audit-${newStudyId(config.name)}.${process.pid}`;
  const task = taskFolder(root, config);
  const surface = readSurface(task, config);
  const asked = { id, root, task, config, surface, jail: await chooseJail(config.jail?.level) };
  try {
    const judge = await buildJudge(asked, kind, plan.publicRoot);
    const verifier = await orClose(judge, () => buildVerifier(asked, kind));
    const { origin, publicRoot, rule, opened } = plan;
    const judged = { judge, origin, publicRoot, rule, opened };
    try {
      await look(new Bench(verifier ? { ...judged, verifier } : judged));
    } finally {
      await together([judge, ...(verifier ? [verifier] : [])]).close();
    }
  } finally {
    removeWork(root, id);
  }
}

function oneOfEach(risky: readonly KnownBad[]): readonly KnownBad[] {
  return (['null', 'forged'] as const).flatMap(
    (kind) => risky.find((one) => one.kind === kind) ?? [],
  );
}

function shortened(tookMs: number, some: readonly KnownBad[]): string {
  const names = some.map(({ name }) => name).join(', ');
  return `One evaluation of the origin takes ${Math.round(tookMs / 1000)} s, so the evaluator was tried with few known-bad candidates (${names}). paceline doctor --evaluator tries all.`;
}

/** @throws PacelineError EVALUATOR_FAILED for the first that may not pass. */
export function refuseThrough(attacked: readonly Attacked[]): void {
  const bad = attacked.find(({ isRefused }) => isRefused);
  if (bad === undefined) return;
  throw new PacelineError('EVALUATOR_FAILED', refusalOf(bad), { candidate: bad.name });
}

export function refusalOf({ name, what, kind }: Attacked): string {
  const remedy =
    kind === 'forged'
      ? 'Take values only from what your evaluator computes itself, never from what a candidate prints or can write, or write use: split (docs/evaluators.md)'
      : 'Let the evaluator fail, with an error, on an answer that is missing or is no number';
  const found =
    kind === 'forged'
      ? 'the evaluator believed a result that was made up'
      : 'the evaluator scored it better than the origin on every case';
  return `The known-bad candidate "${name}" (${what}) got through: ${found}. ${remedy}. paceline doctor --evaluator shows all of them; nothing was spent.`;
}

interface Prepared extends Attackers {
  readonly kind: TaskKind;
  readonly forged: number;
}

function prepared({ root, config, plan }: AuditRequest): Prepared {
  const { metric } = plan.opened;
  const forged = forgedValue(metric);
  const kind = recordedKindOf(config, plan.origin.text);
  const vocabulary = config.language && vocabularyOf(config.language);
  const attackers = knownBad({
    files: kind.toFiles(plan.origin.text),
    encode: (files) => kind.fromFiles(files),
    ...(vocabulary ? { vocabulary } : {}),
    target: { metric: metric.name, forged, judged: judgedFiles(root, config) },
  });
  return { ...attackers, kind, forged };
}

/** What a candidate has no business with: not what lies beside it, nor the solver that runs it. */
function judgedFiles(root: string, config: Config): readonly string[] {
  const task = taskFolder(root, config);
  const surface = readSurface(task, config);
  const { evaluator } = config;
  const shown = [...surface.include, ...(evaluator.use === 'split' ? [evaluator.solver] : [])];
  const isShown = (path: string) =>
    shown.some((one) => one === path || dirname(one) === path || one.startsWith(`${path}/`));
  return judgeFiles({ config, task }, surface)
    .filter((path) => !isShown(path))
    .map((path) => resolve(task, path));
}

/** The lines that differ, on one. */
function lineOf(kind: TaskKind, origin: string, text: string): string {
  const lines = kind.diff(origin, text).flatMap(({ unified }) => unified.split('\n'));
  const changes = lines.filter((line) => /^[-+](?![-+]{2} )/.test(line));
  return (
    changes.map((line) => `${line[0]} ${line.slice(1).trim()}`).join('  ') || 'no line differs'
  );
}
