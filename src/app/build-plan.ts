/** The one place that picks drivers: from a checked config to everything a study needs. */
import { availableParallelism } from 'node:os';
import { promotionsOf } from '../claims/holdout.ts';
import {
  type AcceptanceRule,
  defaultRule,
  exactRule,
  ruleHash,
  ruleRecord,
} from '../claims/rule.ts';
import type { Candidate } from '../core/candidate.ts';
import type { Clock } from '../core/clock.ts';
import { PacelineError } from '../core/errors.ts';
import type { EventBody } from '../core/events.ts';
import { contentId, type Hash, sha256 } from '../core/hash.ts';
import type { Awaitable } from '../core/json.ts';
import { publicRoot, RNG_VERSION, secretRoot } from '../core/rng.ts';
import { microUsdOf } from '../core/spend.ts';
import type { Evaluator } from '../evaluators/contract.ts';
import { loadInterpreterModule } from '../evaluators/interpreted/module.ts';
import { FOLD_VERSION } from '../loop/fold.ts';
import { buildCycle, buildEqualCycle, laneRecord } from '../loop/lanes.ts';
import type { PairMeasurer } from '../loop/pairs.ts';
import type { Budget, Plan } from '../loop/plan.ts';
import type { Queue } from '../queues/contract.ts';
import { slotsQueue } from '../queues/slots.ts';
import { threadQueue } from '../queues/threads.ts';
import type { Sandbox } from '../sandboxes/contract.ts';
import type { Languages } from '../source/reading.ts';
import type { Files, TaskKind } from '../tasks/contract.ts';
import { agentsOf } from './build-agent.ts';
import { archiveOf, archiveRecord, measuresOf } from './build-archive.ts';
import { readCandidates } from './build-candidates.ts';
import { programsOf } from './build-command.ts';
import { buildHoldout } from './build-holdout.ts';
import {
  buildJudge,
  guardsOf,
  infoOf,
  type JudgeRequest,
  judgeFiles,
  metricOf,
} from './build-judge.ts';
import { buildLanes, type LaneMaterial, type WeightedLane } from './build-lanes.ts';
import { llmsOf } from './build-llm.ts';
import { buildPool, poolPromise } from './build-pool.ts';
import { buildStages, stageRule } from './build-stages.ts';
import { buildVerifier, isItself, verifierFiles, verifierHash } from './build-verifier.ts';
import type { CassetteUse } from './cassette-use.ts';
import type { Config } from './config-schema.ts';
import { isTimed, minEffectOf } from './config-time.ts';
import { armsOf } from './control-arms.ts';
import { refuseFalseClass } from './evaluator-class.ts';
import { chooseJail } from './jail/choose.ts';
import { loadLanguages } from './load-languages.ts';
import { loadProblems } from './load-problem.ts';
import { orClose, together } from './or-close.ts';
import { type Closed, readingsOf, type WrittenMaterial } from './read-written.ts';
import { configId, plainJson } from './recorded-config.ts';
import { taskFiles } from './repository/checkout.ts';
import { digestFiles } from './study-files.ts';
import { readSurface, type Surface } from './surface.ts';
import { readRequired, requirePath } from './task-files.ts';
import { taskKindOf, vocabularyOf } from './task-kind.ts';
import { ENGINE_VERSION } from './version.ts';

export interface PlanRequest {
  readonly id: string;
  readonly root: string;
  readonly config: Config;
  readonly secret: string;
  readonly clock: Clock;
  readonly cassette?: CassetteUse | undefined;
}

export interface BuiltPlan {
  readonly plan: Plan;
  close(): Promise<void>;
}

/** What no gate has checked: printed on every result until the gates exist (safety.md §3). */
const UNCHECKED = [
  'C1',
  'C2',
  'C3',
  'C4',
  'C5',
  'C6',
  'C7',
  'C8',
  'C9',
  'C10',
  'C13',
  'C16',
  'C17',
  'C18',
];

function surfaceOf(root: string, config: Config): Surface {
  const surface = readSurface(root, config);
  refuseFalseClass(config, surface);
  return surface;
}

/** @throws PacelineError for anything in the folder that does not fit the config. */
export async function buildPlan(request: PlanRequest): Promise<BuiltPlan> {
  const { config } = request;
  const task = taskFiles(request);
  const surface = surfaceOf(task, config);
  const closed = await closedLanguage(task, config);
  const { kind, material, texts, own } = await candidatesOf({ ...request, task }, surface, closed);
  const text = material.originText;
  const origin = { id: sha256(text), text };
  const seedRoot = publicRoot(config.seed);
  const rng = seedRoot.stream(-1, 'gradient check');
  const searched = await loadProblems({ root: task, config }, { origin: text, kind }, rng);
  const lanes = buildLanes(config, { ...material, ...(searched ? { searched } : {}) });
  const measures = measuresOf(archiveRecord(config), kind);
  const rule = ruleOf(task, config);
  const asked = { ...request, task, surface, jail: await chooseJail(config.jail?.level) };
  const verifier = await buildVerifier(asked, kind);
  const checker = verifier ? [verifier] : [];
  const judge = await orClose(together(checker), () => buildJudge(asked, kind, seedRoot));
  const stages = await orClose(together([judge, ...checker]), () => buildStages(asked, kind));
  const parts = [judge, ...checker, ...stages.map(({ queue }) => queue), ...own];
  // Everything that can be refused comes before the threads: they would keep the process alive.
  const [opened, search] = await orClose(together(parts), async () => [
    openedBody(asked, { rule, lanes, origin, isolation: judge.traits.isolation }),
    await searchQueue(config, judge, closed),
  ]);
  const secret = secretRoot(request.secret);
  const kept = keepersOf(request, { opened, judge, secretRoot: secret });
  const plan: Plan = {
    opened,
    rule,
    budget: budgetOf(config),
    lanes: lanes.map(({ lane }) => lane),
    archive: archiveOf(archiveRecord(config)),
    ...(measures ? { measures } : {}),
    origin,
    ...readingsOf(texts, text),
    search,
    ...(stages.length > 0 ? { stages } : {}),
    judge,
    ...(verifier ? { verifier } : {}),
    ...kept,
    publicRoot: seedRoot,
    secretRoot: secret,
    secret: request.secret,
    clock: request.clock,
    checkParity: closed !== undefined,
  };
  const gates = [kept.holdout, kept.pool?.gate].flatMap((gate) => gate ?? []);
  return { plan, close: () => together([search, ...parts, ...gates]).close() };
}

/** What stands between accepted and promoted, or between search and confirm cases. */
function keepersOf(
  request: PlanRequest,
  measurer: PairMeasurer & Pick<Plan, 'opened'>,
): Pick<Plan, 'holdout' | 'pool'> {
  const holdout = buildHoldout(request, measurer);
  const pool = buildPool(request, measurer);
  return { ...(holdout ? { holdout } : {}), ...(pool ? { pool } : {}) };
}

interface Candidates {
  readonly kind: TaskKind;
  readonly material: LaneMaterial;
  /** How a text from outside is read as one. */
  readonly texts: WrittenMaterial;
  /** What runs proposers that are programs. */
  readonly own: readonly Sandbox[];
}

/** What candidates are, and what proposers make them from. */
async function candidatesOf(
  place: PlanRequest & Pick<JudgeRequest, 'task'>,
  surface: Surface,
  closed: ClosedLanguage | undefined,
): Promise<Candidates> {
  const { config, task } = place;
  const languages = closed ? new Map() : await languagesOf(surface);
  const origin = surface.edit;
  const kind = taskKindOf(config, { origin, situations: closed?.situations, languages });
  const originText = readOrigin(kind, origin);
  const texts = { kind, languages, closed };
  const programs = programsOf(place, texts);
  const llms = await llmsOf(place, texts, originText);
  const agents = await agentsOf({ ...place, surface }, texts, originText);
  const material = {
    llms,
    agents: agents.byEntry,
    languages,
    originText,
    originSize: kind.size(originText),
    ...(closed ? { closed } : {}),
    ...(programs ? { programs } : {}),
    read: (name: string, key: string) => readRequired(task, name, key),
    candidates: (folder: string) => readCandidates({ root: task, folder, kind, origin }),
  };
  const own = [...(programs ? [programs.sandbox] : []), ...agents.sandboxes];
  return { kind, material, texts, own };
}

/** Parsers of the editable files; a warning for each that is read as plain lines. */
async function languagesOf({ edit }: Surface): Promise<Languages> {
  const { languages, missing } = await loadLanguages(Object.keys(edit));
  for (const sentence of missing) process.emitWarning(sentence, 'Paceline');
  return languages;
}

type ClosedLanguage = Closed & { readonly module: string };

/** What searches a closed language in process; undefined for source files of any language. */
async function closedLanguage(root: string, config: Config): Promise<ClosedLanguage | undefined> {
  const { language, evaluator } = config;
  if (language === undefined || evaluator.interpreter === undefined) return undefined;
  const module = requirePath(root, evaluator.interpreter, 'evaluator.interpreter');
  const { situations } = await loadInterpreterModule(module);
  return { module, vocabulary: vocabularyOf(language), situations };
}

/** Threads that interpret forests; for source files the task's own evaluator, so many at a time. */
function searchQueue(
  config: Config,
  judge: Evaluator,
  closed: ClosedLanguage | undefined,
): Awaitable<Queue> {
  const workers = isTimed(config) ? 1 : (config.workers ?? availableParallelism());
  if (closed === undefined) return slotsQueue({ evaluator: judge, slots: workers });
  const { module, vocabulary } = closed;
  const { params } = config.evaluator;
  const interpreter = { module, vocabulary, params, metric: metricOf(config).name };
  return threadQueue({ workers, interpreter });
}

/** @throws PacelineError as `fromFiles` does, with the names of the files. */
function readOrigin(kind: TaskKind, files: Files): string {
  try {
    return kind.fromFiles(files);
  } catch (error) {
    if (!PacelineError.is(error)) throw error;
    const { code, message, data } = error;
    const names = Object.keys(files).join(', ');
    throw new PacelineError(
      code,
      `${names}: ${message}`,
      { ...data, file: names },
      { cause: error },
    );
  }
}

function budgetOf({ budget }: Config): Budget {
  return {
    ...(budget.wall === undefined ? {} : { wallMs: budget.wall }),
    ...(budget.trials === undefined ? {} : { trials: budget.trials }),
    ...(budget.evals === undefined ? {} : { evals: budget.evals }),
    ...moneyOf(budget),
  };
}

function moneyOf({ usd, tokens, requests }: Config['budget']): Budget {
  return {
    ...(requests === undefined ? {} : { requests }),
    ...(tokens === undefined ? {} : { tokens }),
    ...(usd === undefined ? {} : { microUsd: microUsdOf(usd) }),
  };
}

function ruleOf(root: string, config: Config): AcceptanceRule {
  const { rule, evaluator } = config;
  const guards = guardsOf(config);
  const guarded = guards.length > 0 ? { guards } : {};
  if (rule.mode === 'exact') {
    const { tolerance, verifier } = rule.exact;
    const again = isItself(verifier) ? { isItself: true as const } : {};
    return exactRule({ tolerance, verifier: verifierHash(root, verifier), ...again, ...guarded });
  }
  const { bound, minEffect: _, ...rest } = rule;
  const stages = evaluator.stages?.map(stageRule);
  return defaultRule({
    ...rest,
    minEffect: minEffectOf(config),
    ...(bound === undefined ? {} : { bound }),
    ...(stages ? { stages } : {}),
    ...guarded,
  });
}

interface Opening {
  readonly rule: AcceptanceRule;
  readonly lanes: readonly WeightedLane[];
  readonly origin: Candidate;
  readonly isolation: string;
}

/** What is fixed before the first trial, rule included; its hash is the promise. */
function openedBody(
  request: PlanRequest & JudgeRequest,
  opening: Opening,
): EventBody['study.opened'] {
  const { config, task, secret, surface } = request;
  const { rule, lanes, origin, isolation } = opening;
  const elites = rule.mode === 'exact' ? undefined : ('remeasured' as const);
  const archive = archiveRecord(config);
  const info = infoOf(config);
  return {
    name: config.name,
    task: taskId(config),
    config: configId(config),
    rule: ruleRecord(rule),
    ruleHash: ruleHash(rule),
    metric: metricOf(config),
    ...(info.length > 0 ? { info } : {}),
    seed: config.seed,
    secretCommit: sha256(secret),
    evaluator: digestFiles(task, [...judgeFiles(request, surface), ...verifierFiles(task, config)]),
    evaluatorClass: config.evaluator.class,
    origin: origin.id,
    originText: origin.text,
    isolation,
    lookahead: config.lookahead,
    epochTrials: config.splits.epochTrials,
    ...reproducibility(config, lanes),
    arms: armsOf(config.control),
    lanes: lanes.map(({ lane }) => laneRecord(lane, elites)),
    cycle: cycleOf(config, lanes),
    rng: RNG_VERSION,
    fold: FOLD_VERSION,
    engine: ENGINE_VERSION,
    unchecked: config.splits.holdout ? UNCHECKED.filter((one) => one !== 'C4') : UNCHECKED,
    autonomy: config.autonomy.level,
    ...(archive ? { archive } : {}),
    ...(config.evaluator.cache ? { cache: true as const } : {}),
    // One exact value is compared with another; there is nothing that pairs would make steadier.
    ...(elites ? { screen: screenOf(config), elites } : {}),
    ...(config.control.design ? { design: config.control.design } : {}),
    ...splitPromises(config, rule),
  };
}

/** What is improved, what judges it, and on which instances. */
function taskId({ surface, language, evaluator, splits: { generator } }: Config): Hash {
  const rest = { ...(language ? { language } : {}), ...(generator ? { generator } : {}) };
  return contentId(plainJson({ surface, evaluator, ...rest }));
}

function splitPromises(
  config: Config,
  rule: AcceptanceRule,
): Pick<EventBody['study.opened'], 'holdout' | 'pool'> {
  const { holdout } = config.splits;
  const pool = poolPromise(config, { rule, arms: armsOf(config.control) });
  return {
    ...(holdout ? { holdout: { ...holdout, promotions: promotionsOf(holdout.cases) } } : {}),
    ...(pool ? { pool } : {}),
  };
}

function cycleOf({ control }: Config, lanes: readonly WeightedLane[]): readonly number[] {
  return control.design === 'islands'
    ? buildEqualCycle(lanes.map(({ lane: { arm }, weight }) => ({ arm, weight })))
    : buildCycle(lanes.map(({ weight }) => weight));
}

function screenOf(config: Config): 'paired' | 'paired-if-needed' {
  return isTimed(config) ? 'paired' : 'paired-if-needed';
}

/** No clock gives the same times again, so what was measured can be derived again but not rerun. */
function reproducibility(
  config: Config,
  lanes: readonly WeightedLane[],
): Pick<EventBody['study.opened'], 'reproducible' | 'why'> {
  if (isTimed(config)) return { reproducible: 'replay', why: 'run times differ from run to run' };
  const isRepeatable = lanes.every(({ lane }) => lane.proposer.traits.repeatable);
  if (isRepeatable) return { reproducible: 'rerun' };
  return { reproducible: 'replay', why: 'a proposer does not promise to repeat itself' };
}
