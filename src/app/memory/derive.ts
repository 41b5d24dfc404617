/**
 * From the entries of a closed study to what it leaves: a fold without files, clocks or randomness, so the
 * same ledger always leaves the same bytes.
 */
import { type Metric, orient } from '../../claims/orient.ts';
import type { EventBody, StoredEvent } from '../../core/events.ts';
import { MAIN_ARM } from '../../loop/plan.ts';
import { mean } from '../../stats/summary.ts';
import { isClearlyNoBetter, type Measured } from './dead-end.ts';
import { type Counts, countTrial, lessonsFrom, type Payers } from './lessons.ts';
import type { MemoryRecord } from './record.ts';
import { taskOf } from './task-of.ts';

/** Kept per study: the most often measured first. */
export const MOST_KEYS = 2000;
/** A longer key is a program text rather than a name of one; it would be read with every study. */
const LONGEST_KEY = 256;

type Opened = EventBody['study.opened'];
type Settled = EventBody['trial.settled'];

interface Reading {
  opened?: Opened;
  origin: readonly number[];
  readonly measured: Map<string, number[]>;
  readonly failed: Map<string, number>;
  /** Keys that challenged an incumbent: no dead ends, whatever became of it. */
  readonly promising: Set<string>;
  readonly payers: Payers;
  /** Oriented level of the search's incumbent. */
  level: number;
  open?: Open | undefined;
  /** Promotions that stand, in order. */
  promoted: readonly Promotion[];
  /** Of challengers, in order; of one that was taken back later nothing is left. */
  shrinkage: readonly (readonly [number, number])[];
  isClosed: boolean;
}

interface Open {
  readonly key: string;
  readonly screened: number;
  readonly payer: Counts;
  confirmed?: readonly [number, number];
}

interface Promotion {
  readonly candidate: string;
  readonly open: Open;
  readonly level: number;
  readonly gain: MemoryRecord['effects']['gains'][number];
}

export interface Source {
  readonly study: string;
  readonly head: MemoryRecord['head'];
}

/** Undefined for a study that is not closed, or ended before its noise floor. */
export async function deriveMemory(
  pages: AsyncIterable<readonly StoredEvent[]>,
  source: Source,
): Promise<MemoryRecord | undefined> {
  const reading: Reading = {
    origin: [],
    measured: new Map(),
    failed: new Map(),
    promising: new Set(),
    payers: new Map(),
    level: 0,
    promoted: [],
    shrinkage: [],
    isClosed: false,
  };
  for await (const page of pages) for (const event of page) enter(reading, event);
  const { opened, isClosed } = reading;
  if (opened === undefined || !isClosed || reading.origin.length === 0) return undefined;
  return {
    schema: 'paceline/memory/1',
    ...source,
    task: taskOf(opened),
    ...deadEndsOf(reading),
    lessons: lessonsFrom(reading.payers),
    effects: { gains: reading.promoted.map(({ gain }) => gain), shrinkage: reading.shrinkage },
  };
}

function enter(reading: Reading, event: StoredEvent): void {
  switch (event.type) {
    case 'study.opened':
      reading.opened = event.body;
      return;
    case 'noise.measured':
      reading.origin = orientAll(reading, event.body.values);
      reading.level = mean(reading.origin);
      return;
    case 'trial.settled':
      settled(reading, event.body);
      return;
    case 'trial.confirmed':
      confirmed(reading, event.body);
      return;
    case 'candidate.promoted':
      promoted(reading, event.body);
      return;
    case 'candidate.rolled-back':
      if (event.body.arm === MAIN_ARM) takenBack(reading, event.body);
      return;
    case 'study.closed':
      reading.isClosed = true;
      return;
    default:
  }
}

function settled(reading: Reading, body: Settled): void {
  const { opened, measured, failed, promising } = reading;
  if (opened === undefined) return;
  const { key, end, arm } = body;
  const payer = arm === MAIN_ARM ? countTrial(reading.payers, body) : undefined;
  reading.open = undefined;
  if (end === null) {
    promising.add(key);
    if (payer)
      reading.open = { key, payer, screened: mean(gainsOver(opened.metric, reading.level, body)) };
    return;
  }
  if (body.candidate === opened.origin || key === '' || key.length > LONGEST_KEY) return;
  if (end === 'crashed' || end === 'timeout') failed.set(key, (failed.get(key) ?? 0) + 1);
  if (end !== 'discarded') return;
  const gains = gainsOverOrigin(opened, mean(reading.origin), body);
  if (gains.length > 0) measured.set(key, [...(measured.get(key) ?? []), ...gains]);
}

/** Of a paired screen beside another incumbent nothing is known against the origin. */
function gainsOverOrigin(
  { metric, origin }: Opened,
  level: number,
  body: Settled,
): readonly number[] {
  const isBesideAnother = body.againstValues !== undefined && body.against !== origin;
  return isBesideAnother ? [] : gainsOver(metric, level, body);
}

/** Oriented, per value: over what was measured beside it, or over `level` where nothing was. */
function gainsOver(
  metric: Metric,
  level: number,
  { values, againstValues }: Settled,
): readonly number[] {
  return values.flatMap((value, at) => {
    const beside = againstValues?.[at];
    if (value === null || beside === null) return [];
    return [orient(metric, value) - (beside === undefined ? level : orient(metric, beside))];
  });
}

function confirmed(reading: Reading, body: EventBody['trial.confirmed']): void {
  const { open } = reading;
  if (body.arm !== MAIN_ARM || open === undefined || body.effect === undefined) return;
  if (!Number.isFinite(open.screened)) return;
  open.confirmed = [open.screened, body.effect];
  reading.shrinkage = [...reading.shrinkage, open.confirmed];
}

function promoted(reading: Reading, body: EventBody['candidate.promoted']): void {
  const { open } = reading;
  reading.level += body.gain;
  if (open === undefined) return;
  const { candidate, gain: size, interval, n } = body;
  const gain = { key: open.key, gain: size, ...(interval ? { interval } : {}), n };
  reading.promoted = [...reading.promoted, { candidate, open, level: reading.level, gain }];
  open.payer.promoted += 1;
  open.payer.gain += size;
}

/** What an audit failed paid nobody: no lesson, no gain and no effect is kept of its lineage. */
function takenBack(
  reading: Reading,
  { to, quarantined }: EventBody['candidate.rolled-back'],
): void {
  const isBarred = ({ candidate }: Promotion): boolean => quarantined.includes(candidate);
  const barred = reading.promoted.filter(isBarred);
  for (const { open, gain } of barred) {
    open.payer.promoted -= 1;
    open.payer.gain -= gain.gain;
  }
  const effects = new Set(barred.map(({ open }) => open.confirmed));
  reading.shrinkage = reading.shrinkage.filter((one) => !effects.has(one));
  reading.promoted = reading.promoted.filter((one) => !isBarred(one));
  const back = reading.promoted.findLast(({ candidate }) => candidate === to);
  reading.level = back?.level ?? mean(reading.origin);
  reading.open = undefined;
}

function deadEndsOf(reading: Reading): Pick<MemoryRecord, 'deadEnds' | 'failed' | 'leftOut'> {
  const { measured, origin, promising } = reading;
  const isOpen = (key: string): boolean => !promising.has(key);
  const dead = [...measured]
    .filter(([key]) => isOpen(key))
    .map(([key, gains]): Measured => ({ key, gains }))
    .flatMap((one) => isClearlyNoBetter(one, origin) ?? []);
  const failed = [...reading.failed]
    .filter(([key]) => isOpen(key))
    .map(([key, times]) => ({ key, times }));
  const deadEnds = dead.sort((a, b) => b.n - a.n || a.gain[1] - b.gain[1]).slice(0, MOST_KEYS);
  const kept = failed.slice(0, MOST_KEYS);
  const leftOut = dead.length - deadEnds.length + failed.length - kept.length;
  return { deadEnds, failed: kept, leftOut };
}

function orientAll({ opened }: Reading, values: readonly number[]): readonly number[] {
  return opened ? values.map((value) => orient(opened.metric, value)) : [];
}
