/**
 * Attacks a task's own evaluator with candidates that are known to be bad: what it lets through, which
 * mutants of the origin it notices, what it needs. Before the first trial only what would refuse a study.
 */
import { readdirSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { PacelineError } from '../../core/errors.ts';
import type { CaseResult } from '../../evaluators/contract.ts';
import type { Plan } from '../../loop/plan.ts';
import type { TaskKind } from '../../tasks/contract.ts';
import { buildJudge, judgeFiles } from '../build-judge.ts';
import { buildVerifier } from '../build-verifier.ts';
import { CONFIG_FILE } from '../config.ts';
import type { Config } from '../config-schema.ts';
import { HIDDEN } from '../hidden.ts';
import { chooseJail } from '../jail/choose.ts';
import { whileWorking } from '../leaves-nothing.ts';
import { loadLanguages } from '../load-languages.ts';
import { orClose, together } from '../or-close.ts';
import { newStudyId } from '../study-files.ts';
import { readSurface } from '../surface.ts';
import { systemClock } from '../system-clock.ts';
import { filesNamed } from '../task-files.ts';
import { taskFolder } from '../task-folder.ts';
import { recordedKindOf, vocabularyOf } from '../task-kind.ts';
import { type Attacked, attack } from './attack-candidates.ts';
import { forgedValues } from './attacks.ts';
import { areAlike, Bench, CASES } from './bench.ts';
import { type Attackers, type KnownBad, knownBad } from './known-bad.ts';
import { type KillRate, killRate, mutantsOf } from './mutants.ts';
import { digestOfTask, hasPassed, rememberPass } from './passed.ts';

export interface AuditRequest {
  readonly root: string;
  readonly config: Config;
  readonly plan: Plan;
  readonly onProgress?: ((done: number, of: number) => void) | undefined;
  /** Of a start; default half a minute. */
  readonly patienceMs?: number;
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
/** Nothing more is begun at a start when its candidates have taken so long. */
const PATIENCE_MS = 30_000;

export async function auditAll(request: AuditRequest): Promise<EvaluatorAudit> {
  const { config, plan, onProgress } = request;
  const { kind, forged, ...made } = prepared(request);
  const { languages } = await loadLanguages(Object.keys(kind.toFiles(plan.origin.text)));
  const vocabulary = config.language && vocabularyOf(config.language);
  const source = { origin: plan.origin.text, languages, ...(vocabulary ? { vocabulary } : {}) };
  const mutants = mutantsOf(source, plan.publicRoot);
  const bench = new Bench(plan);
  await refuseUnscored(bench);
  const { candidates, skipped, failing } = await shown(bench, made);
  let done = 0;
  const onDone = () => onProgress?.(++done, candidates.length + mutants.length);
  const found = await attack({ bench, candidates, forged, failing, onDone });
  const attacked = found.flatMap((one) => one ?? []);
  const rate = await killRate(bench, mutants, onDone);
  const survivors = rate.survivors
    .slice(0, SHOWN_SURVIVORS)
    .map((text) => lineOf(kind, plan.origin.text, text));
  return { attacked, skipped, mutants: rate, survivors };
}

/** Attacks in code whose success could show: where a program that fails is none the worse, none could. */
async function shown(
  bench: Bench,
  { candidates, skipped, control }: Attackers,
): Promise<
  Pick<Attackers, 'candidates' | 'skipped'> & { readonly failing: readonly CaseResult[] }
> {
  if (control === undefined) return { candidates, skipped, failing: [] };
  const { results: failing } = await bench.measure(control, CASES);
  if (!areAlike(failing, await bench.origin(CASES))) return { candidates, skipped, failing };
  const why =
    'attacks in code: a candidate that fails when it is loaded scores as the origin does, so that none is run';
  return {
    candidates: candidates.filter(({ isCode }) => !isCode),
    skipped: [...skipped, why],
    failing: [],
  };
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
 * Null and forged candidates only, before anything is spent; of each kind one at least, and no more are begun
 * when they take long.
 * @throws PacelineError EVALUATOR_FAILED where a study could be won without doing anything.
 */
export async function auditBeforeFirstTrial(request: AuditRequest): Promise<void> {
  const { plan } = request;
  if (plan.judge.traits.place !== 'process') return;
  const { candidates, forged, kind } = prepared(request);
  const risky = candidates.filter((one) => one.kind === 'null' || one.kind === 'forged');
  if (risky.length === 0) return;
  const attacks = risky.map(({ text }) => text);
  const { root, config } = request;
  const task = taskFolder(root, config);
  const looked = { attacks, reads: readsOf(task, config), installedIn: root };
  const digest = digestOfTask(task, plan, looked);
  if (digest !== undefined && hasPassed(digest)) return;
  await withOwnJudge(request, kind, async (bench) => {
    const { onProgress } = request;
    onProgress?.(0, risky.length);
    const before = systemClock.monotonicMs();
    const isTimed = plan.opened.metric.kind === 'time';
    const origin = await bench.origin(isTimed ? 1 : CASES);
    // The noise floor says what is wrong with the origin.
    if (origin.some(({ outcome }) => outcome !== 'scored')) return;
    const began = systemClock.monotonicMs();
    const cases = isTimed || began - before > SLOW_MS ? 1 : CASES;
    let done = 0;
    const found = await attack({
      bench,
      candidates: risky,
      forged,
      cases,
      isOver: () => systemClock.monotonicMs() - began > (request.patienceMs ?? PATIENCE_MS),
      onDone: () => onProgress?.(++done, risky.length),
    });
    refuseThrough(found.flatMap((one) => one ?? []));
    const untried = risky.filter((_, i) => found[i] === undefined);
    if (untried.length > 0) process.emitWarning(shortened(untried), 'Paceline');
    else if (digest !== undefined) rememberPass(digest);
  });
}

/** Where it may read, by name: programs of the system change with the system. */
function readsOf(task: string, config: Config): readonly string[] {
  const programs = commandsIn(task, config).filter((path) => /^\/(?!usr\/|bin\/)/.test(path));
  return [...(config.jail?.read ?? []), ...programs];
}

function commandsIn(root: string, { evaluator, rule }: Config): readonly string[] {
  const verifier = rule.mode === 'exact' ? filesNamed(root, rule.exact.verifier) : [];
  const judges = [evaluator, ...(evaluator.stages ?? [])];
  const named = judges.flatMap((one) => ('command' in one ? filesNamed(root, one.command) : []));
  return [...named, ...verifier];
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
  await whileWorking(root, id, async () => {
    const judge = await buildJudge(asked, kind, plan.publicRoot);
    const verifier = await orClose(judge, () => buildVerifier(asked, kind));
    const { origin, publicRoot, rule, opened } = plan;
    const judged = { judge, origin, publicRoot, rule, opened };
    try {
      await look(new Bench(verifier ? { ...judged, verifier } : judged));
    } finally {
      await together([judge, ...(verifier ? [verifier] : [])]).close();
    }
  });
}

function shortened(untried: readonly KnownBad[]): string {
  const names = untried.map(({ name }) => name).join(', ');
  return `The evaluator takes long, so not all known-bad candidates were tried (left out: ${names}). paceline doctor --evaluator tries all.`;
}

/** @throws PacelineError EVALUATOR_FAILED for the first that may not pass. */
export function refuseThrough(attacked: readonly Attacked[]): void {
  const bad = attacked.find(({ isRefused }) => isRefused);
  if (bad === undefined) return;
  throw new PacelineError('EVALUATOR_FAILED', refusalOf(bad), { candidate: bad.name });
}

export function refusalOf({ name, what, kind, isBelieved }: Attacked): string {
  const remedy =
    kind === 'forged'
      ? 'Take values only from what your evaluator computes itself, and take PACELINE_INSTANCES and PACELINE_RESULT_FD out of the environment before it loads a candidate (docs/evaluators.md, "command", has a beginning that passes), or write use: split'
      : 'Let the evaluator fail, with an error, on an answer that is missing or is no number; where doing nothing is honestly better, begin with an origin that does nothing';
  const found =
    kind === 'forged' && isBelieved
      ? 'the evaluator believed a result that was made up'
      : 'the evaluator scored it better than the origin on every case';
  return `The known-bad candidate "${name}" (${what}) got through: ${found}. ${remedy}. paceline doctor --evaluator shows all of them; nothing was spent.`;
}

interface Prepared extends Attackers {
  readonly kind: TaskKind;
  readonly forged: readonly number[];
}

function prepared({ root, config, plan }: AuditRequest): Prepared {
  const { metric } = plan.opened;
  const forged = forgedValues(metric);
  const kind = recordedKindOf(config, plan.origin.text);
  const vocabulary = config.language && vocabularyOf(config.language);
  const attackers = knownBad({
    files: kind.toFiles(plan.origin.text),
    encode: (files) => kind.fromFiles(files),
    ...(vocabulary ? { vocabulary } : {}),
    target: { metric: metric.name, forged, judged: judgedFiles(root, config) },
    isJson: config.evaluator.use === 'split',
  });
  return { ...attackers, kind, forged };
}

/** Of the folder, what a candidate may read without harm. */
const HARMLESS = /^(?:node_modules|package(?:-lock)?\.json|tsconfig.*\.json|README.*|LICENSE.*)$/;

/**
 * What a candidate has no business with: what judges, what the command names and what else lies in the folder,
 * where answers may stand; not what lies beside the candidate, nor the solver that runs it.
 */
function judgedFiles(root: string, config: Config): readonly string[] {
  const task = taskFolder(root, config);
  const surface = readSurface(task, config);
  const { evaluator } = config;
  const solver = evaluator.use === 'split' ? [evaluator.solver] : [];
  const shown = [...surface.include, ...Object.keys(surface.edit), ...solver];
  const isShown = (path: string) =>
    shown.some((one) => one === path || dirname(one) === path || one.startsWith(`${path}/`));
  const others = readdirSync(task).filter(
    (name) => !HIDDEN.includes(name) && name !== CONFIG_FILE && !HARMLESS.test(name),
  );
  const listed = [...judgeFiles({ config, task }, surface), ...commandsIn(task, config), ...others];
  return [...new Set(listed.filter((path) => !isShown(path)).map((path) => resolve(task, path)))];
}

/** The lines that differ, on one. */
function lineOf(kind: TaskKind, origin: string, text: string): string {
  const lines = kind.diff(origin, text).flatMap(({ unified }) => unified.split('\n'));
  const changes = lines.filter((line) => /^[-+](?![-+]{2} )/.test(line));
  return (
    changes.map((line) => `${line[0]} ${line.slice(1).trim()}`).join('  ') || 'no line differs'
  );
}
