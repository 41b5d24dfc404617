/** The first entry: what the study promised before it knew anything. */
import { z } from 'zod';
import type { Archive } from '../archives/contract.ts';
import { newFollowOnMemory } from '../claims/follow-on-memory.ts';
import { type AcceptanceRule, defaultRule, exactRule } from '../claims/rule.ts';
import { PacelineError } from '../core/errors.ts';
import type { EventBody, StoredEvent } from '../core/events.ts';
import type { GateRow } from '../core/gate-chain.ts';
import { contentId, type Hash, sha256 } from '../core/hash.ts';
import type { Json } from '../core/json.ts';
import { newKnownValues } from '../core/known-values.ts';
import { memoryHash, remember } from '../core/memory.ts';
import { poolOrder } from '../core/pool.ts';
import { publicRoot, RNG_VERSION, secretRoot } from '../core/rng.ts';
import { newPace } from '../pace/state.ts';
import { newApprovals } from './approval-evidence.ts';
import { newCaseLedger } from './cases.ts';
import {
  type Checked,
  type Complain,
  type Evidence,
  type FollowOnReader,
  type KeyOf,
  MAIN_ARM,
  newArm,
  type ReachOf,
} from './evidence.ts';
import { openGateEvidence } from './gate-record.ts';
import { newHoldout } from './holdout-evidence.ts';
import { newPaid } from './paid-evidence.ts';
import { newSigning, type SigningEvidence } from './signing-evidence.ts';
import { newSteering } from './steering-evidence.ts';

/** Versions of the fold whose entries can be read as evidence here. */
const KNOWN_FOLDS: ReadonlySet<string> = new Set(['paceline.fold/1', 'paceline.fold/2']);

const STAGE = z.strictObject({
  name: z.string(),
  metric: z.string(),
  goal: z.enum(['min', 'max']),
  threshold: z.number(),
  cases: z.number(),
});

const GUARD = z.strictObject({
  name: z.string(),
  goal: z.enum(['min', 'max']),
  unit: z.string(),
  margin: z.number(),
  bound: z.number().exactOptional(),
});
const EXACT_RULE = z.strictObject({
  id: z.literal('paceline.rule/1'),
  mode: z.literal('exact'),
  tolerance: z.number(),
  isItself: z.literal(true).exactOptional(),
  verifier: z.string(),
  guards: z.array(GUARD).readonly().exactOptional(),
});
const SAMPLED_RULE = z.strictObject({
  id: z.literal('paceline.rule/1'),
  mode: z.enum(['fwer', 'e-lond']),
  alpha: z.number(),
  smallestEffect: z.number(),
  minEffect: z.number(),
  method: z.enum(['symmetric', 'passfail', 'bounded', 't-mixture']),
  bound: z.number().exactOptional(),
  passfailPrior: z.number(),
  stages: z.array(STAGE).readonly().exactOptional(),
  guards: z.array(GUARD).readonly().exactOptional(),
});

const RULE = z.discriminatedUnion('mode', [SAMPLED_RULE, EXACT_RULE]);

interface Opening {
  readonly archive: Archive;
  readonly keyOf: KeyOf | undefined;
  readonly reachOf: ReachOf | undefined;
  readonly followOnReader: FollowOnReader | undefined;
  readonly checked: Checked;
  /** As revealed by the last entry of the study, if it was. */
  readonly secret: string | undefined;
  /** As the gatekeeper showed it, if it did. */
  readonly gateSecret: string | undefined;
  readonly gateRows: readonly GateRow[] | undefined;
  readonly lost: ReadonlySet<string> | undefined;
  readonly ring: SigningEvidence['ring'];
  readonly where: SigningEvidence['where'];
}

const NOTHING_YET = {
  floor: undefined,
  isPaired: false,
  isReusing: false,
  trials: 0,
  epoch: 0,
  open: undefined,
  reused: 0,
  claimEvals: 0,
  drawn: 0,
  isClosed: false,
} as const;

/** Undefined when no decision of this study can be re-derived by this release. */
export function openEvidence(
  event: StoredEvent<'study.opened'>,
  opening: Opening,
  complain: Complain,
): Evidence | undefined {
  const { body } = event;
  checkPromises(body, complain);
  if (!KNOWN_FOLDS.has(body.fold)) {
    complain(
      'rule-unavailable',
      `The entries follow "${body.fold}", which this release does not know.`,
    );
    return undefined;
  }
  const isKnownRng = body.rng === RNG_VERSION;
  if (!isKnownRng) {
    complain(
      'rule-unavailable',
      `Cases come from "${body.rng}", which this release does not know.`,
    );
  }
  const { archive, keyOf, reachOf, checked, secret } = opening;
  const fits = secret !== undefined && sha256(secret) === body.secretCommit;
  const root = isKnownRng && fits ? secretRoot(secret) : undefined;
  return {
    opened: body,
    rule: ruleOf(body.rule, complain),
    publicRoot: isKnownRng ? publicRoot(body.seed) : undefined,
    secretRoot: root,
    gateSecret: opening.gateSecret,
    archive,
    keyOf,
    reachOf,
    followOns: newFollowOnMemory({ id: body.origin as Hash, text: body.originText }),
    arms: armsOf(body, archive),
    cases: newCaseLedger(),
    ...NOTHING_YET,
    known: newKnownValues(),
    comparing: new Map(),
    compared: new Set(),
    islands: { cases: [], values: new Map(), isJudged: false },
    approvals: newApprovals(),
    ...partsOf(opening),
    holdout: newHoldout(),
    pace: newPace(),
    poolOrder: root && body.pool ? poolOrder(root, body.pool.cases) : undefined,
    gate: openGateEvidence(opening, body, complain),
    checked,
  };
}

function armsOf(
  { arms, origin, memory }: EventBody['study.opened'],
  archive: Archive,
): Evidence['arms'] {
  const made = arms.map(({ name }) => [name, newArm(archive, origin)] as const);
  for (const [, arm] of made) remember(memory, arm);
  return new Map(made);
}

type Parts = Pick<Evidence, 'paid' | 'steering' | 'foretold' | 'signing' | 'followOnReader'>;

function partsOf(opening: Opening): Parts {
  const { followOnReader } = opening;
  return {
    paid: newPaid(),
    steering: newSteering(),
    foretold: new Map(),
    signing: newSigning(opening),
    followOnReader,
  };
}

function checkPromises(body: EventBody['study.opened'], complain: Complain): void {
  if (contentId(body.rule as Json) !== body.ruleHash) {
    complain('decision', 'The recorded rule does not have the recorded rule hash.');
  }
  if (sha256(body.originText) !== body.origin) {
    complain('decision', 'The text of the origin does not have its recorded hash.');
  }
  if (body.metric.kind === 'time' && body.screen !== 'paired') {
    complain('decision', 'Run times are due in pairs from the first screen on.');
  }
  checkMemory(body, complain);
  const arms = new Set(body.arms.map(({ name }) => name));
  if (!arms.has(MAIN_ARM)) complain('order', `No arm is named "${MAIN_ARM}".`);
  if (body.lanes.some(({ arm }) => !arms.has(arm)) || body.cycle.some((at) => !body.lanes[at])) {
    complain('order', 'The lanes name an arm, or the cycle a lane, that does not exist.');
  }
}

function checkMemory({ memory, improver }: EventBody['study.opened'], complain: Complain): void {
  if (memory === undefined) return;
  if (memoryHash(memory) !== memory.hash) {
    complain('decision', 'The dead ends it began with do not have their recorded hash.');
  }
  if (memory.deadEnds.some(([, at]) => memory.from[at] === undefined)) {
    complain('decision', 'A dead end it began with comes from a study that is not named.');
  }
  if (memory.from.some((one) => one.isImprover && one.record !== improver?.id)) {
    complain('decision', 'Dead ends are said to be of an improver that it does not run under.');
  }
}

function ruleOf(recorded: unknown, complain: Complain): AcceptanceRule | undefined {
  const parsed = RULE.safeParse(recorded);
  if (!parsed.success) {
    const id = (recorded as { readonly id?: unknown } | null)?.id;
    const name = typeof id === 'string' ? `"${id}"` : 'that has no name';
    complain('rule-unavailable', `This release does not know the rule ${name} as it stands here.`);
    return undefined;
  }
  const { id: _, ...rule } = parsed.data;
  try {
    return rule.mode === 'exact' ? exactRule(rule) : defaultRule(rule);
  } catch (error) {
    if (!PacelineError.is(error)) throw error;
    complain('decision', `No study could decide by this rule: ${error.message}`);
    return undefined;
  }
}
