/** What the gatekeeper measures with: the task's own evaluator, in jails of its own. */
import { casesFor } from '../../claims/case-plan.ts';
import type { Candidate } from '../../core/candidate.ts';
import { type Hash, sha256 } from '../../core/hash.ts';
import type { GateBody } from '../../core/holdout.ts';
import { publicRoot, type RngRoot, secretRoot } from '../../core/rng.ts';
import type { Evaluator } from '../../evaluators/contract.ts';
import type { Metered } from '../../gatekeeper/bench.ts';
import type { Introduction } from '../../gatekeeper/messages.ts';
import { CASES } from '../../gates/c5-properties.ts';
import type { Check, Declaration, HoldoutGate, PoolGate, Tier } from '../../gates/contract.ts';
import { applicable, DEEP_ONLY, FLOOR } from '../../gates/floor.ts';
import type { Kept } from '../../gates/kept.ts';
import type { OriginShown } from '../../gates/properties/source.ts';
import type { OpenedProperties } from '../../gates/properties.ts';
import { buildCaller } from '../build-caller.ts';
import { buildHoldout } from '../build-holdout.ts';
import { buildJudge, metricOf } from '../build-judge.ts';
import { buildPool } from '../build-pool.ts';
import { buildProperties } from '../build-properties.ts';
import { ruleOf, splitPromises } from '../build-rule.ts';
import { buildVerifier } from '../build-verifier.ts';
import { parseConfig } from '../config.ts';
import { chooseJail } from '../jail/choose.ts';
import { type JudgedTask, readTask } from '../judged-task.ts';
import { orClose, together } from '../or-close.ts';
import { readSecret, removeWork } from '../study-files.ts';
import { declarationOf } from './declaration.ts';
import type { KitRequest } from './kit-request.ts';
import { openProbes } from './probes.ts';
import { type Meter, meteredCaller, meteredJudge, meteredTools } from './tools.ts';

export interface Kit {
  /** `evals`: most evaluations; absent: as many as the checks ask for. */
  metered(secrets: RngRoot, evals?: number): Metered;
  holdout(): HoldoutGate;
  pool(): PoolGate;
  close(): Promise<void>;
}

export interface ExaminerRequest
  extends Pick<KitRequest, 'root' | 'config' | 'work' | 'evaluator'> {
  readonly kept: Pick<Kept, 'of'>;
  /** Digest of the gates as they joined; absent: as they are when it opens. */
  readonly gates?: Hash;
  /** Shared by benches of one config. */
  readonly shown?: OriginShown;
}

/** What examines: without hold-out and pool, which only a study has. */
export interface Examiner {
  readonly judged: JudgedTask;
  readonly judge: Evaluator;
  readonly verifier?: Evaluator;
  /** What cases of properties cost the origin; absent where none are looked at. */
  readonly planned?: Pick<GateBody<'planned'>, 'origin' | 'cost'>;
  metered(secrets: RngRoot, evals?: number): Metered;
  close(): Promise<void>;
}

/** Once for a study, before any candidate is looked at: whoever comes later takes the cost from the record. */
function plan(kept: Kept, { planned }: Examiner): void {
  if (planned === undefined || plannedOf(kept, planned.origin) !== undefined) return;
  const rule = CASES.floor;
  kept.write('planned', { check: 'C5', ...planned, rule, cases: casesFor(rule, planned.cost) });
}

function plannedOf({ of }: Pick<Kept, 'of'>, origin: string): GateBody<'planned'> | undefined {
  return of('planned').find(({ body }) => body.origin === origin)?.body;
}

export async function openKit(
  introduction: Introduction &
    Pick<KitRequest, 'store' | 'kept' | 'work' | 'own' | 'gates'> &
    Pick<ExaminerRequest, 'shown'>,
): Promise<Kit> {
  const config = parseConfig(introduction.config, `the config of ${introduction.id}`);
  const request = { ...introduction, config };
  const examiner = await openExaminer(request);
  plan(request.kept, examiner);
  const { judged, judge, verifier } = examiner;
  const gates = sealedGates(request, { ...judged, judge, ...(verifier ? { verifier } : {}) });
  return {
    metered: examiner.metered,
    holdout: () => required(gates.holdout, 'hold-out'),
    pool: () => required(gates.pool, 'pool'),
    close: examiner.close,
  };
}

export async function openExaminer(request: ExaminerRequest): Promise<Examiner> {
  const { root, config, work: id } = request;
  const judged = await readTask(request);
  const jail = await chooseJail(config.jail?.level);
  const declaration = declarationOf(config, jail.level);
  const asked = { ...judged, id, root, config, jail };
  const origin = { id: sha256(judged.originText), text: judged.originText };
  const verifier = await buildVerifier(asked, judged.kind);
  const meter: Meter = { cpuMs: 0 };
  const built = await orClose(together(verifier ? [verifier] : []), () =>
    buildJudge(asked, judged.kind, publicRoot(config.seed)),
  );
  const judge = meteredJudge(built, meter);
  const called = await orClose(judge, () => buildCaller(asked, judged));
  const caller = called && meteredCaller(called, meter);
  const before = [judge, verifier, caller].flatMap((part) => part ?? []);
  const properties = await orClose(together(before), () =>
    propertiesOf(request, asked, { caller, origin }),
  );
  const own = [...before, ...(properties ? [properties] : [])];
  const { close, openedCpuMs, ...probes } = await orClose(together(own), () =>
    openProbes(asked, { kind: judged.kind, origin }, declaration),
  );
  meter.cpuMs += openedCpuMs;
  const made = {
    ...judged,
    judge,
    declaration: { ...declaration, ...namesOf(properties) },
    ...probes,
    ...(caller ? { caller } : {}),
    ...(properties ? { properties } : {}),
  };
  return {
    judged,
    judge,
    ...(verifier ? { verifier } : {}),
    ...costsOf(properties, origin),
    metered: (secrets, evals) => ({
      floor: checksOf(declaration, evals === undefined ? 'floor' : 'deep'),
      ...meteredTools(request, made, { secrets, evals, meter }),
    }),
    async close() {
      await together([...own, { close }]).close();
      removeWork(root, id);
    },
  };
}

/** With what is known of its origin already: from the record, and from another bench of this gatekeeper. */
function propertiesOf(
  { shown, kept }: ExaminerRequest,
  asked: Parameters<typeof buildProperties>[0],
  of: Parameters<typeof buildProperties>[1],
): ReturnType<typeof buildProperties> {
  const { cost } = plannedOf(kept, of.origin.id) ?? {};
  return buildProperties(asked, { ...of, shown, cost }, new AbortController().signal);
}

function costsOf(
  properties: OpenedProperties | undefined,
  origin: Candidate,
): Pick<Examiner, 'planned'> {
  if (properties?.cost === undefined) return {};
  return { planned: { origin: origin.id, cost: properties.cost } };
}

/** As the module and the origin have them; which checks apply does not depend on it. */
function namesOf(properties: OpenedProperties | undefined) {
  if (properties === undefined) return {};
  return { properties: properties.names, impossible: properties.impossibleNames };
}

type Judging = JudgedTask & { readonly judge: Evaluator; readonly verifier?: Evaluator };

function sealedGates({ id, root, config, ...kept }: KitRequest, judging: Judging) {
  const secret = readSecret(root, id);
  const promises = splitPromises(config, ruleOf(judging.task, config));
  const opened = { metric: metricOf(config), ...promises };
  const measurer = { ...judging, opened, secretRoot: secretRoot(secret) };
  const request = { id, root, secret, ...kept };
  const holdout = buildHoldout(request, measurer);
  const pool = buildPool(request, measurer)?.gate;
  return { holdout, pool };
}

function checksOf(declaration: Declaration, tier: Tier): readonly Check[] {
  const { floor } = applicable(declaration);
  const isOne = ({ name, inapplicable }: Check): boolean =>
    floor.includes(name) ||
    (tier === 'deep' && DEEP_ONLY.includes(name) && inapplicable(declaration) === undefined);
  return FLOOR.filter(isOne);
}

function required<T>(gate: T | undefined, what: string): T {
  if (gate) return gate;
  throw new Error(`a ${what} in a study that has none`);
}
