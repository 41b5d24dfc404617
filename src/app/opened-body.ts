/** The first entry of a ledger: what is fixed before the first trial. */
import { type AcceptanceRule, ruleHash, ruleRecord } from '../claims/rule.ts';
import type { Candidate } from '../core/candidate.ts';
import type { EventBody } from '../core/events.ts';
import { FOLLOW_ON_RULE } from '../core/follow-ons.ts';
import { contentId, type Hash, sha256 } from '../core/hash.ts';
import { RNG_VERSION } from '../core/rng.ts';
import { FOLD_VERSION } from '../loop/fold.ts';
import { buildCycle, buildEqualCycle, laneRecord } from '../loop/lanes.ts';
import type { TaskKind } from '../tasks/contract.ts';
import { archiveRecord } from './build-archive.ts';
import { infoOf, type JudgeRequest, judgeFiles, metricOf } from './build-judge.ts';
import type { WeightedLane } from './build-lanes.ts';
import { splitPromises } from './build-rule.ts';
import { tasteRecord } from './build-taste.ts';
import { verifierFiles } from './build-verifier.ts';
import { configId, plainJson } from './config-id.ts';
import type { Config } from './config-schema.ts';
import { isTimed } from './config-time.ts';
import { armsOf } from './control-arms.ts';
import { gatesPromiseOf } from './gatekeeper/declaration.ts';
import { improverOf } from './improvers/pin.ts';
import { fromImprover } from './improvers/use.ts';
import { levelIn } from './jail/kept.ts';
import { digestFiles } from './study-files.ts';
import { ENGINE_VERSION } from './version.ts';

export interface Opening {
  readonly rule: AcceptanceRule;
  readonly lanes: readonly WeightedLane[];
  readonly origin: Candidate;
  readonly isolation: string;
  readonly kind: TaskKind;
}

/** What is fixed before the first trial, rule included; its hash is the promise. */
export function openedBody(
  request: JudgeRequest & { readonly secret: string },
  opening: Opening,
): EventBody['study.opened'] {
  const { config, task, secret, surface } = request;
  const { rule, lanes, origin, isolation } = opening;
  const elites = rule.mode === 'exact' ? undefined : ('remeasured' as const);
  const archive = archiveRecord(config);
  const info = infoOf(config);
  const gates = gatesPromiseOf(config, opening.kind, levelIn(isolation));
  const body: EventBody['study.opened'] = {
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
    unchecked: gates.unchecked.map(({ check }) => check),
    gates,
    autonomy: config.autonomy.level,
    ...(archive ? { archive } : {}),
    taste: tasteRecord(config),
    ...(config.evaluator.cache ? { cache: true as const } : {}),
    // One exact value is compared with another; there is nothing that pairs would make steadier.
    ...(elites ? { screen: screenOf(config), elites } : {}),
    ...(config.control.design ? { design: config.control.design } : {}),
    ...splitPromises(config, rule),
    ...followOnPromise(config),
    ...(config.package ? { brief: config.package.brief } : {}),
  };
  return { ...body, ...fromImprover(body, config, improverOf(request.root, config)) };
}

/** A study that asks whether its search helps is given nothing that its control arms lack. */
function followOnPromise({ followOns = true, control }: Config) {
  return followOns && control.design === undefined ? { followOns: FOLLOW_ON_RULE } : {};
}

/** What is improved, what judges it, and on which instances. */
function taskId({ surface, language, evaluator, splits: { generator } }: Config): Hash {
  const rest = { ...(language ? { language } : {}), ...(generator ? { generator } : {}) };
  return contentId(plainJson({ surface, evaluator, ...rest }));
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
