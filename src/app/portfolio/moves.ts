/**
 * The portfolio's own record, `moves.jsonl`: one line for every move of the budget, written to the disk
 * before it has an effect, never rewritten. What studies spend and gain is in their ledgers; a line
 * repeats what was read there, with the head it was read at, since the next move is decided from it.
 */
import {
  closeSync,
  existsSync,
  fstatSync,
  fsyncSync,
  ftruncateSync,
  openSync,
  readFileSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { z } from 'zod';
import { PacelineError } from '../../core/errors.ts';
import { syncFolder } from '../../stores/durable.ts';

const count = z.int().nonnegative();
/** Oriented: positive is better. Without an interval it is exact. */
const gain = z.strictObject({
  effect: z.number(),
  interval: z.tuple([z.number(), z.number()]).readonly().exactOptional(),
});

/** Oriented units of the metric: the noise of one evaluation, the origin's own value, or one unit. */
const yardstick = z.strictObject({
  is: z.enum(['noise', 'origin', 'unit']),
  size: z.number().positive(),
});
export type Yardstick = z.infer<typeof yardstick>;

const reading = z.strictObject({
  /** Entries of its ledger, and the hash of the last. */
  seq: count,
  head: z.string(),
  isClosed: z.boolean(),
  activeMs: z.number().nonnegative(),
  evals: count,
  trials: count,
  promotions: count,
  /** Sum of the lower ends of its promotions' intervals, in units of `yardstick`. */
  gain: z.number().nonnegative(),
  /** Absent before the noise floor. */
  yardstick: yardstick.exactOptional(),
  /** The last promotion, and the incumbent against the origin once the study is closed. */
  last: gain.exactOptional(),
  final: gain.exactOptional(),
});
export type Reading = z.infer<typeof reading>;

const grant = z.strictObject({
  wallMs: z.number().positive().exactOptional(),
  evals: z.number().positive().exactOptional(),
  trials: z.number().positive().exactOptional(),
});
export type Grant = z.infer<typeof grant>;

/** Why a study has its turn. */
const reason = z.strictObject({
  by: z.enum(['gain', 'equal']),
  /** Of the whole budget, by which the cost of this turn counts. */
  share: z.number().positive(),
  /** Expected gain per cost, in its yardstick per millisecond or per evaluation. */
  rate: z.number().nonnegative(),
});
export type Reason = z.infer<typeof reason>;

const said = { at: z.number() };
const move = z.discriminatedUnion('move', [
  /** A process takes over: what failed or was locked before is tried again. */
  z.strictObject({ move: z.literal('took-over'), ...said }),
  z.strictObject({ move: z.literal('granted'), study: z.string(), grant, why: reason, ...said }),
  /** The search of all is over; begun studies make their final comparisons and close. */
  z.strictObject({ move: z.literal('closing'), why: z.enum(['budget', 'stopped']), ...said }),
  /** What a study's ledger says after its turn, or after a turn that a crash cut short. */
  z.strictObject({
    move: z.literal('read'),
    study: z.string(),
    reading,
    tookMs: z.number(),
    ...said,
  }),
  z.strictObject({
    move: z.literal('set-aside'),
    study: z.string(),
    code: z.string(),
    why: z.string(),
    ...said,
  }),
  z.strictObject({
    move: z.literal('ended'),
    why: z.enum(['budget', 'stopped', 'finished']),
    ...said,
  }),
]);
export type Move = z.infer<typeof move>;

/** A line that a power cut left half-written counts as never said. @throws PacelineError `WORKSPACE`. */
export function readMoves(path: string): readonly Move[] {
  return wholeLines(path).map((line, index) => {
    try {
      return move.parse(JSON.parse(line));
    } catch (cause) {
      throw new PacelineError(
        'WORKSPACE',
        `Line ${index + 1} of ${path} is damaged. Restore it from a copy; the ledgers of the studies are untouched.`,
        { path, line: index + 1 },
        { cause },
      );
    }
  });
}

function wholeLines(path: string): readonly string[] {
  if (!existsSync(path)) return [];
  return readFileSync(path, 'utf8').split('\n').slice(0, -1);
}

/** Only for the holder of the portfolio's lock: takes away what a power cut left of a line. */
export function mendMoves(path: string): void {
  if (!existsSync(path)) return;
  const bytes = readFileSync(path);
  truncateSync(path, bytes.lastIndexOf('\n') + 1);
}

/** On the disk when it returns. @throws PacelineError `DISK_FAILED`. */
export function appendMove(path: string, said: Move): void {
  try {
    const file = openSync(path, 'a');
    const { size } = fstatSync(file);
    try {
      writeFileSync(file, `${JSON.stringify(said)}\n`);
      fsyncSync(file);
      if (size === 0) syncFolder(dirname(path));
    } catch (error) {
      // The part of a line that a full disk took would be glued to the next one.
      ftruncateSync(file, size);
      throw error;
    } finally {
      closeSync(file);
    }
  } catch (cause) {
    throw new PacelineError(
      'DISK_FAILED',
      `${path} cannot be written: ${(cause as Error).message}. Free some space or make it writable, then run paceline resume.`,
      { path },
      { cause },
    );
  }
}
