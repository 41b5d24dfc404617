/** The one place that picks drivers: from a checked config to everything a study needs. */
import { availableParallelism } from 'node:os';
import { type AcceptanceRule, defaultRule, ruleHash } from '../claims/rule.ts';
import type { Candidate } from '../core/candidate.ts';
import type { Clock } from '../core/clock.ts';
import { PacelineError } from '../core/errors.ts';
import type { EventBody } from '../core/events.ts';
import { contentId, sha256 } from '../core/hash.ts';
import type { Json } from '../core/json.ts';
import { publicRoot, RNG_VERSION, secretRoot } from '../core/rng.ts';
import { loadInterpreterModule } from '../evaluators/interpreted/module.ts';
import { FOLD_VERSION } from '../loop/fold.ts';
import { buildCycle } from '../loop/lanes.ts';
import type { Budget, Plan } from '../loop/plan.ts';
import { threadQueue } from '../queues/threads.ts';
import type { TaskKind } from '../tasks/contract.ts';
import { archiveOf, archiveRecord, measuresOf } from './build-archive.ts';
import { buildJudge, judgeFiles, metricOf } from './build-judge.ts';
import { armsOf, buildLanes, type WeightedLane } from './build-lanes.ts';
import type { Config } from './config-schema.ts';
import { orClose } from './or-close.ts';
import { digestFiles } from './study-files.ts';
import { readRequired, requirePath } from './task-files.ts';
import { taskKindOf, vocabularyOf } from './task-kind.ts';
import { ENGINE_VERSION } from './version.ts';

export interface PlanRequest {
  readonly id: string;
  readonly root: string;
  readonly config: Config;
  readonly secret: string;
  readonly clock: Clock;
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

/** @throws PacelineError for anything in the folder that does not fit the config. */
export async function buildPlan(request: PlanRequest): Promise<BuiltPlan> {
  const { config, root } = request;
  const vocabulary = vocabularyOf(config);
  const [file = ''] = config.surface.edit;
  const kind = taskKindOf(config);
  const text = readOrigin(kind, readRequired(root, file, 'surface.edit'), file);
  const origin = { id: sha256(text), text };
  const module = requirePath(root, config.evaluator.interpreter, 'evaluator.interpreter');
  const { situations } = await loadInterpreterModule(module);
  const seedRoot = publicRoot(config.seed);
  const read = (name: string, key: string): string => readRequired(root, name, key);
  const lanes = buildLanes(config, { vocabulary, originText: text, situations, read });
  const measures = measuresOf(archiveRecord(config), { vocabulary, situations });
  const rule = ruleOf(config);
  const { params } = config.evaluator;
  const judge = await buildJudge(request, kind, seedRoot);
  const { isolation } = judge.traits;
  // Everything that can be refused comes before the threads: they would keep the process alive.
  const [opened, search] = await orClose(judge, async () => [
    openedBody(request, { rule, lanes, origin, isolation }),
    await threadQueue({
      workers: config.workers ?? availableParallelism(),
      interpreter: { module, vocabulary, params, metric: metricOf(config).name },
    }),
  ]);
  const plan: Plan = {
    opened,
    rule,
    budget: budgetOf(config),
    lanes: lanes.map(({ lane }) => lane),
    archive: archiveOf(archiveRecord(config)),
    ...(measures ? { measures } : {}),
    origin,
    search,
    judge,
    publicRoot: seedRoot,
    secretRoot: secretRoot(request.secret),
    secret: request.secret,
    clock: request.clock,
    checkParity: true,
  };
  return { plan, close: async () => void (await Promise.all([search.close(), judge.close()])) };
}

/** @throws PacelineError as `fromSource` does, with the name of the file. */
function readOrigin(kind: TaskKind, source: string, file: string): string {
  try {
    return kind.fromSource(source);
  } catch (error) {
    if (!PacelineError.is(error)) throw error;
    const { code, message, data } = error;
    throw new PacelineError(code, `${file}: ${message}`, { ...data, file }, { cause: error });
  }
}

function budgetOf({ budget }: Config): Budget {
  return {
    ...(budget.wall === undefined ? {} : { wallMs: budget.wall }),
    ...(budget.trials === undefined ? {} : { trials: budget.trials }),
    ...(budget.evals === undefined ? {} : { evals: budget.evals }),
  };
}

function ruleOf({ rule }: Config): AcceptanceRule {
  const { bound, ...rest } = rule;
  return defaultRule(bound === undefined ? rest : { ...rest, bound });
}

interface Opening {
  readonly rule: AcceptanceRule;
  readonly lanes: readonly WeightedLane[];
  readonly origin: Candidate;
  readonly isolation: string;
}

/** What is fixed before the first trial, rule included; its hash is the promise. */
function openedBody(request: PlanRequest, opening: Opening): EventBody['study.opened'] {
  const { config, root, secret } = request;
  const { rule, lanes, origin, isolation } = opening;
  const isRepeatable = lanes.every(({ lane }) => lane.proposer.traits.repeatable);
  const archive = archiveRecord(config);
  const evaluator = [...config.surface.readonly, ...judgeFiles(config)];
  return {
    name: config.name,
    task: contentId(
      plainJson({
        surface: config.surface,
        language: config.language,
        evaluator: config.evaluator,
      }),
    ),
    config: contentId(plainJson(withoutWorkers(config))),
    rule: plainJson(rule),
    ruleHash: ruleHash(rule),
    metric: metricOf(config),
    seed: config.seed,
    secretCommit: sha256(secret),
    evaluator: digestFiles(root, evaluator),
    evaluatorClass: config.evaluator.class,
    origin: origin.id,
    originText: origin.text,
    isolation,
    lookahead: config.lookahead,
    epochTrials: config.splits.epochTrials,
    reproducible: isRepeatable ? 'rerun' : 'replay',
    arms: armsOf(config),
    lanes: lanes.map(({ lane }) => ({
      arm: lane.arm,
      proposer: lane.proposer.name,
      instance: lane.instance,
      sequential: lane.sequential,
    })),
    cycle: buildCycle(lanes.map(({ weight }) => weight)),
    rng: RNG_VERSION,
    fold: FOLD_VERSION,
    engine: ENGINE_VERSION,
    unchecked: UNCHECKED,
    autonomy: config.autonomy.level,
    ...(archive ? { archive } : {}),
    screen: 'paired-if-needed',
  };
}

/** The number of threads never changes a study, so it is no part of its identity. */
function withoutWorkers({ workers: _workers, ...rest }: Config): object {
  return rest;
}

/** Config values are plain data: the round trip only drops undefined. */
function plainJson(value: object): Json {
  return JSON.parse(JSON.stringify(value)) as Json;
}
