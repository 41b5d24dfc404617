/** The one place that picks drivers: from a checked config to everything a study needs. */
import { availableParallelism } from 'node:os';
import { personApprover } from '../approvers/person.ts';
import type { Candidate } from '../core/candidate.ts';
import type { Clock } from '../core/clock.ts';
import { sha256 } from '../core/hash.ts';
import type { Awaitable } from '../core/json.ts';
import { poolOrder } from '../core/pool.ts';
import { publicRoot, secretRoot } from '../core/rng.ts';
import { microUsdOf } from '../core/spend.ts';
import type { Evaluator } from '../evaluators/contract.ts';
import { remoteGatekeeper, remoteHoldout, remotePool } from '../gatekeeper/remote.ts';
import { bareImprover, type Improver } from '../improver/artifact.ts';
import { gpOf, hasGp } from '../improver/gp/artifact-slots.ts';
import type { Budget, Plan } from '../loop/plan.ts';
import { breedingRule } from '../proposers/genetic/breeding-rule.ts';
import type { Queue } from '../queues/contract.ts';
import { slotsQueue } from '../queues/slots.ts';
import { threadQueue } from '../queues/threads.ts';
import type { Sandbox } from '../sandboxes/contract.ts';
import { agentsOf } from './build-agent.ts';
import { archiveOf, archiveRecord, measuresOf } from './build-archive.ts';
import { readCandidates } from './build-candidates.ts';
import { programsOf } from './build-command.ts';
import { buildJudge, type JudgeRequest, metricOf } from './build-judge.ts';
import { buildLanes, type LaneMaterial } from './build-lanes.ts';
import { type LibrarySearch, libraryPrograms } from './build-library.ts';
import { llmsOf } from './build-llm.ts';
import { refuseUnusable } from './build-properties.ts';
import { ruleOf } from './build-rule.ts';
import { buildStages } from './build-stages.ts';
import { peopleOf, tasteOf } from './build-taste.ts';
import { buildVerifier } from './build-verifier.ts';
import type { CassetteUse } from './cassette-use.ts';
import { plainJson } from './config-id.ts';
import type { LibraryEntry } from './config-proposers.ts';
import type { Config } from './config-schema.ts';
import { isTimed } from './config-time.ts';
import { gatekeeperLine } from './gatekeeper/spawn.ts';
import { improverOf } from './improvers/pin.ts';
import { chooseJail } from './jail/choose.ts';
import { type ClosedLanguage, type JudgedTask, readTask } from './judged-task.ts';
import { loadProblems } from './load-problem.ts';
import { openedBody } from './opened-body.ts';
import { orClose, together } from './or-close.ts';
import { secondPlace } from './publish/place.ts';
import { type Closed, readingsOf, type WrittenMaterial } from './read-written.ts';
import { readRequired } from './task-files.ts';

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

/** @throws PacelineError for anything in the folder that does not fit the config. */
export async function buildPlan(request: PlanRequest): Promise<BuiltPlan> {
  const { config } = request;
  const judged = await readTask(request);
  const { task, surface, closed, kind, originText: text } = judged;
  const { material, texts, own } = await candidatesOf({ ...request, task }, judged);
  const origin = { id: sha256(text), text };
  const seedRoot = publicRoot(config.seed);
  const rng = seedRoot.stream(-1, 'gradient check');
  const searched = await loadProblems({ root: task, config }, { origin: text, kind }, rng);
  const lanes = buildLanes(config, { ...material, ...(searched ? { searched } : {}) });
  const measures = measuresOf(archiveRecord(config), kind);
  const rule = ruleOf(task, config);
  const tastes = tastesOf(request, judged, origin);
  const asked = { ...request, task, surface, jail: await chooseJail(config.jail?.level) };
  refuseUnusable(asked, kind);
  const verifier = await buildVerifier(asked, kind);
  const checker = verifier ? [verifier] : [];
  const judge = await orClose(together(checker), () => buildJudge(asked, kind, seedRoot));
  const stages = await orClose(together([judge, ...checker]), () => buildStages(asked, kind));
  const parts = [judge, ...checker, ...stages.map(({ queue }) => queue), ...own];
  // Everything that can be refused comes before the threads: they would keep the process alive.
  const { isolation } = judge.traits;
  const [opened, kept, search] = await orClose(together(parts), async () => {
    const opened = openedBody(asked, { rule, lanes, origin, kind, isolation });
    const kept = keepersOf(request, { opened, origin });
    return [opened, kept, await searchQueue(config, judge, closed)] as const;
  });
  const plan: Plan = {
    opened,
    rule,
    budget: budgetOf(config),
    lanes: lanes.map(({ lane }) => lane),
    archive: archiveOf(archiveRecord(config)),
    ...tastes,
    ...(measures ? { measures } : {}),
    origin,
    ...readingsOf(texts, text),
    changes: kind.changes,
    search,
    ...(stages.length > 0 ? { stages } : {}),
    judge,
    ...(verifier ? { verifier } : {}),
    ...kept,
    publicRoot: seedRoot,
    secret: request.secret,
    clock: request.clock,
    checkParity: closed?.module !== undefined,
  };
  return { plan, close: () => together([search, ...parts, kept.gatekeeper]).close() };
}

/** Refused here, where it cannot be had: nothing was opened yet. */
function tastesOf(
  request: PlanRequest,
  { closed, kind, originText: text }: JudgedTask,
  origin: Candidate,
): Pick<Plan, 'taste' | 'people'> {
  const { config } = request;
  const people = peopleOf(config, { ...request, kind, origin: text });
  const taste = tasteOf(config, { closed, origin, size: kind.size(text) });
  return { ...(people ? { people } : {}), taste };
}

interface Keeping {
  readonly opened: Plan['opened'];
  readonly origin: Candidate;
}

/** What stands between accepted and promoted, or between search and confirm cases: another process. */
function keepersOf(request: PlanRequest, { opened, origin }: Keeping) {
  const { id, root, config } = request;
  const publish = config.safety?.publish;
  const place = publish && secondPlace(publish, request);
  const line = gatekeeperLine({
    id,
    root,
    config: plainJson(config),
    origin,
    evaluator: opened.evaluator,
    ...(opened.gates ? { floor: opened.gates.floor } : {}),
  });
  const secret = secretRoot(request.secret);
  const order = opened.pool && poolOrder(secret, opened.pool.cases);
  const gate = opened.pool?.use === 'bit' ? { gate: remotePool(line) } : {};
  const gatekeeper = remoteGatekeeper(line);
  return {
    secretRoot: secret,
    gatekeeper,
    approver: personApprover(config.safety?.approval),
    roots: { signer: gatekeeper, ...(place ? { place } : {}) },
    ...(opened.holdout ? { holdout: remoteHoldout(line) } : {}),
    ...(order ? { pool: { order, ...gate } } : {}),
  };
}

interface Candidates {
  readonly material: LaneMaterial;
  /** How a text from outside is read as one. */
  readonly texts: WrittenMaterial;
  /** What runs proposers that are programs. */
  readonly own: readonly Sandbox[];
}

/** What proposers make candidates from. */
async function candidatesOf(
  place: PlanRequest & Pick<JudgeRequest, 'task'>,
  { surface, closed, languages, kind, originText }: JudgedTask,
): Promise<Candidates> {
  const { task } = place;
  const origin = surface.edit;
  const improver = improverOf(place.root, place.config)?.improver ?? bareImprover('numbers');
  const rng = publicRoot(place.config.seed).stream(-1, 'library');
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
    ...breedingOf(place.config, { improver, closed }),
    ...(programs ? { programs } : {}),
    read: (name: string, key: string) => readRequired(task, name, key),
    candidates: (folder: string) => readCandidates({ root: task, folder, kind, origin }),
    library: (entry: LibraryEntry, how: LibrarySearch) =>
      libraryPrograms({ root: task, kind, origin, improver, rng }, entry, how),
  };
  const own = [...(programs ? [programs.sandbox] : []), ...agents.sandboxes];
  return { material, texts, own };
}

/** Trials that a study has where its budget is time alone: what an improver is told that its budget is. */
const USUAL_TRIALS = 1000;

/** Only where the improver has settings of the GP engine, and a proposer reads them. */
function breedingOf(
  { budget, proposers }: Config,
  { improver, closed }: { readonly improver: Improver; readonly closed: Closed | undefined },
): Pick<LaneMaterial, 'breeding'> {
  if (!hasGp(improver) || !proposers.some(({ use }) => use === 'genetic')) return {};
  if (closed === undefined) {
    const words =
      'The settings of this improver say how genetic changes expressions; here it changes source files, for which they mean nothing.';
    process.emitWarning(words, 'Paceline');
    return {};
  }
  const trials = budget.trials ?? budget.evals ?? USUAL_TRIALS;
  const { vocabulary } = closed;
  const rule = { improver: gpOf(improver), vocabulary, trials: Math.max(1, trials) };
  return { breeding: breedingRule(rule) };
}

/** Threads that interpret forests; elsewhere the task's own evaluator, so many at a time. */
function searchQueue(
  config: Config,
  judge: Evaluator,
  closed: ClosedLanguage | undefined,
): Awaitable<Queue> {
  const workers = isTimed(config) ? 1 : (config.workers ?? availableParallelism());
  if (closed?.module === undefined) return slotsQueue({ evaluator: judge, slots: workers });
  const { module, vocabulary } = closed;
  const { params } = config.evaluator;
  const interpreter = { module, vocabulary, params, metric: metricOf(config).name };
  return threadQueue({ workers, interpreter });
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
