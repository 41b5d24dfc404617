/** Says something to a study: leaves it in its folder, and waits until the study has recorded it. */
import { userInfo } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { PacelineError } from '../core/errors.ts';
import type { StoredEvent } from '../core/events.ts';
import { type Steering, steering } from '../core/steering.ts';
import { lockOwner } from '../stores/study-lock.ts';
import { refuseUnpriced } from './may-pay.ts';
import { phaseAfter } from './phase-after.ts';
import { type StudyPlace, withLedger } from './read-ledger.ts';
import { recordedConfig } from './recorded-config.ts';
import { leaveLetter, refusedBecause, steerFolder, withdrawLetter } from './steer-inbox.ts';
import { readStudyRecord, stateFolder } from './study-files.ts';
import { systemClock } from './system-clock.ts';

export interface Steered {
  readonly study: string;
  /** Name of what was said, in the ledger too. */
  readonly id: string;
  /** `taken-up`: in the ledger. `waiting`: the step under way is long. `for-resume`: nobody runs it. */
  readonly state: 'taken-up' | 'waiting' | 'for-resume';
  /** While it waits: what the study is about, as its last durable entry tells. */
  readonly phase?: string;
  /** Entry that records it. */
  readonly seq?: number;
  /** The challenger it ended. */
  readonly declines?: number;
  /** The trial that tries the candidate handed in. */
  readonly takes?: number;
}

export interface SteerRequest {
  readonly root: string;
  readonly id: string;
  /** Checked here, whoever says it. */
  readonly said: Steering;
  /** Who says so, by their own account; absent, what the machine calls them. */
  readonly by?: string;
  /** How long to wait for a running study. */
  readonly waitMs: number;
}

const LOOK_MS = 100;

/** Long enough for a step of most studies. */
export const STEER_WAIT_MS = 10_000;

/** @throws PacelineError `USAGE` for anything but what can be said. */
function parseSteering(said: unknown): Steering {
  const parsed = steering.safeParse(said);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const where = issue && issue.path.length > 0 ? ` (${issue.path.join('.')})` : '';
  throw new PacelineError(
    'USAGE',
    `That cannot be said: ${issue?.message ?? 'it is too long'}${where}.`,
  );
}

/** @throws PacelineError `STUDY_FINISHED`, `USAGE` with the study's own sentence when it refuses. */
export async function steerStudy({ root, id, waitMs, ...rest }: SteerRequest): Promise<Steered> {
  const said = parseSteering(rest.said);
  readStudyRecord(root, id);
  const namesDollars = said.kind === 'budget' && said.value.microUsd !== undefined;
  if (namesDollars) refuseUnpriced(recordedConfig(root, id));
  const before = await look(root, id);
  if (before.isClosed) throw finished(id);
  const folder = steerFolder(root, id);
  const letter = { schema: 'paceline.steer/1', by: rest.by ?? userName(), said } as const;
  const name = leaveLetter(folder, letter, systemClock);
  const isRunning = (): boolean => lockOwner(stateFolder(root), id) !== undefined;
  const untilMs = systemClock.monotonicMs() + waitMs;
  for (;;) {
    const found = await look(root, id, { name, after: before.seq });
    if (found.steered) return { study: id, id: name, state: 'taken-up', ...found.steered };
    const why = refusedBecause(folder, name);
    if (why !== undefined) {
      throw new PacelineError('USAGE', `${id} does not take that up. ${why}`, { id, why });
    }
    if (found.isClosed) {
      withdrawLetter(folder, name);
      throw finished(id);
    }
    if (!isRunning()) return { study: id, id: name, state: 'for-resume' };
    if (systemClock.monotonicMs() >= untilMs) {
      return { study: id, id: name, state: 'waiting', phase: await phaseNow(root, id) };
    }
    await sleep(LOOK_MS);
  }
}

/** Before anybody writes something for it. @throws PacelineError `STUDY_FINISHED`. */
export async function refuseFinished({ root, id }: StudyPlace): Promise<void> {
  if ((await look(root, id)).isClosed) throw finished(id);
}

function finished(id: string): PacelineError {
  return new PacelineError(
    'STUDY_FINISHED',
    `${id} is finished, so nothing can be said to it any more. Read it with paceline report, or start a new study with paceline run.`,
    { id },
  );
}

function phaseNow(root: string, id: string): Promise<string> {
  return withLedger({ root, id }, async (ledger) => {
    let last: StoredEvent | undefined;
    for await (const page of ledger.read(Math.max(0, ledger.durable.seq - 1))) last = page.at(-1);
    return phaseAfter(last);
  });
}

interface Found {
  readonly isClosed: boolean;
  readonly seq: number;
  readonly steered?: Pick<Steered, 'declines' | 'takes'> & { readonly seq: number };
}

async function look(
  root: string,
  id: string,
  wanted?: { readonly name: string; readonly after: number },
): Promise<Found> {
  return withLedger({ root, id }, async (ledger) => {
    let isClosed = false;
    let steered: Found['steered'];
    const types = ['study.closed', 'study.steered'] as const;
    for await (const page of ledger.read(wanted?.after ?? 0, { types })) {
      for (const { type, seq, body } of page) {
        if (type === 'study.closed') isClosed = true;
        if (type !== 'study.steered' || body.id !== wanted?.name) continue;
        steered = {
          seq,
          ...(body.declines === undefined ? {} : { declines: body.declines }),
          ...(body.takes ? { takes: body.takes.trial } : {}),
        };
      }
    }
    return { isClosed, seq: ledger.durable.seq, ...(steered ? { steered } : {}) };
  });
}

/** What the machine calls them; nobody vouches for it. */
export function userName(): string {
  try {
    return userInfo().username || 'unknown';
  } catch {
    return 'unknown';
  }
}
