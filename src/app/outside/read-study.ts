/** Where a study stands, for programs of others: what is left of its budget and what it waits for. */
import type { EventBody } from '../../core/events.ts';
import { microUsdOf, NOTHING_SPENT, plus, type Spend } from '../../core/spend.ts';
import { MAIN_ARM } from '../../loop/plan.ts';
import type { Ledger } from '../../stores/contract.ts';
import { lockOwner } from '../../stores/study-lock.ts';
import type { Config } from '../config-schema.ts';
import { phaseAfter } from '../phase-after.ts';
import { readOn, UNREAD } from '../portfolio/reading.ts';
import { type StudyPlace, withLedger } from '../read-ledger.ts';
import { recordedConfig } from '../recorded-config.ts';
import { isUnreadable, readStatuses } from '../status.ts';
import { listWaiting, steerFolder } from '../steer-inbox.ts';
import { stateFolder } from '../study-files.ts';
import { outsideStudies } from './place.ts';
import { unbegun } from './public-record.ts';
import { publicPhase } from './words.ts';

/** Every study of the folder, oldest first. */
export async function listStudiesOutside(root: string) {
  const statuses = await readStatuses(root, outsideStudies(root));
  return statuses.map((one) => {
    if (isUnreadable(one)) return { study: one.id, state: one.state };
    const { id: study, trials, promotions } = one;
    // That people are asked says what a confirm said: whoever proposes is not told.
    const state = one.state === 'waits-for-approval' ? 'interrupted' : one.state;
    return { study, state, trials, promotions };
  });
}

export async function readStudyOutside({ root, id }: StudyPlace) {
  const config = recordedConfig(root, id);
  return withLedger({ root, id }, async (ledger) => {
    const { opened, incumbent, promotions, steered, isClosed } = await outlineOf(ledger);
    const { name, metric, reproducible, design } = opened;
    const reading = (await readOn(ledger, UNREAD)) ?? UNREAD;
    return {
      study: id,
      name,
      metric,
      proposers: [...new Set(mainLanes(opened).map(({ proposer }) => proposer))],
      reproducible,
      ...waitingFor({ root, id }, { isClosed, phase: await phaseOf(ledger, opened) }),
      takesProposals: !isClosed && design === undefined,
      editable: config.surface.edit,
      incumbent,
      promotions,
      trials: reading.trials,
      budget: budgetOf({ ...reading, ...(await paidOf(ledger)) }, config, steered),
      waitingInTheQueue: listWaiting(steerFolder(root, id)).length,
    };
  });
}

interface Outline {
  readonly opened: EventBody['study.opened'];
  readonly incumbent: string;
  readonly promotions: number;
  readonly steered: readonly EventBody['study.steered'][];
  readonly isClosed: boolean;
}

/** Without its trials, of which there may be many. */
async function outlineOf(ledger: Pick<Ledger, 'read'>): Promise<Outline> {
  let opened: EventBody['study.opened'] | undefined;
  const steered: EventBody['study.steered'][] = [];
  const promoted: string[] = [];
  let isClosed = false;
  const types = ['study.opened', 'candidate.promoted', 'study.steered', 'study.closed'] as const;
  for await (const page of ledger.read(0, { types })) {
    for (const { type, body } of page) {
      if (type === 'study.opened') opened = body;
      else if (type === 'study.steered') steered.push(body);
      else if (type === 'study.closed') isClosed = true;
      else if (type === 'candidate.promoted') promoted.push(body.candidate);
    }
  }
  if (opened === undefined) throw unbegun();
  const incumbent = promoted.at(-1) ?? opened.origin;
  return { opened, incumbent, promotions: promoted.length, steered, isClosed };
}

function mainLanes({ lanes }: EventBody['study.opened']) {
  return lanes.filter(({ arm }) => arm === MAIN_ARM);
}

function waitingFor(
  { root, id }: StudyPlace,
  { isClosed, phase }: { readonly isClosed: boolean; readonly phase: string },
) {
  if (isClosed) return { state: 'finished', waitsFor: 'nothing: it takes no proposals any more' };
  const isRunning = lockOwner(stateFolder(root), id) !== undefined;
  if (isRunning) return { state: 'running', waitsFor: publicPhase(phase) };
  const waitsFor = `somebody who runs it: what is handed in is taken up with paceline resume ${id}`;
  return { state: 'interrupted', waitsFor };
}

/** A study of people alone searches by waiting for them. */
async function phaseOf(
  ledger: Pick<Ledger, 'read' | 'durable'>,
  opened: EventBody['study.opened'],
): Promise<string> {
  const phase = await phaseNow(ledger);
  const isWaiting = mainLanes(opened).every(({ waits }) => waits);
  return phase === 'searching' && isWaiting ? 'somebody who hands in a candidate' : phase;
}

async function phaseNow(ledger: Pick<Ledger, 'read' | 'durable'>): Promise<string> {
  for await (const page of ledger.read(Math.max(0, ledger.durable.seq - 1))) {
    return phaseAfter(page.at(-1));
  }
  return phaseAfter(undefined);
}

interface Used extends Spend {
  readonly activeMs: number;
  readonly trials: number;
  readonly evals: number;
}

/** Each limit that there is, with what is left of it. People change limits; no tool does. */
function budgetOf(
  { activeMs: wallMs, trials, evals, requests, tokens, microUsd }: Used,
  { budget }: Config,
  steered: readonly EventBody['study.steered'][],
) {
  const used = { wallMs, trials, evals, requests, tokens, microUsd };
  const limits: Readonly<Record<string, number | undefined>> = {
    wallMs: budget.wall,
    trials: budget.trials,
    evals: budget.evals,
    requests: budget.requests,
    tokens: budget.tokens,
    microUsd: budget.usd === undefined ? undefined : microUsdOf(budget.usd),
    ...Object.assign({}, ...steered.map(({ said }) => (said.kind === 'budget' ? said.value : {}))),
  };
  const shown = Object.entries(used).flatMap(([name, spent]) => {
    const { [name]: limit } = limits;
    return limit === undefined ? [] : [[name, { limit, spent, left: Math.max(0, limit - spent) }]];
  });
  return Object.fromEntries(shown) as Readonly<
    Record<string, { readonly limit: number; readonly spent: number; readonly left: number }>
  >;
}

async function paidOf(ledger: Pick<Ledger, 'read'>): Promise<Spend> {
  let paid = NOTHING_SPENT;
  for await (const page of ledger.read(0, { types: ['spend.settled'] })) {
    for (const event of page)
      if (event.type === 'spend.settled') paid = plus(paid, event.body.spent);
  }
  return paid;
}
