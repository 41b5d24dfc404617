/** Tries the checks on all known cases: minutes, in jails, off the path of any study; a run that is cut off goes on. */
import { mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CheckName } from '../../core/checks.ts';
import { PacelineError } from '../../core/errors.ts';
import type { TrialTable, TriedCase } from '../../gatekeeper/qualification.ts';
import { qualify } from '../../gatekeeper/qualify.ts';
import { systemClock } from '../system-clock.ts';
import { gatesDigest } from './gates-digest.ts';
import { knownTasks } from './known-tasks.ts';
import { begunTable, keepTable, readTable, SHIPPED } from './table.ts';

export interface TryRequest {
  readonly onTried?: (tried: TriedCase, done: number, of: number) => void;
  /** Those to try; absent: all that apply. A table without all of them qualifies nothing. */
  readonly checks?: readonly CheckName[];
  /** Nothing that was tried before counts. */
  readonly isAnew?: boolean;
  /** Most tasks at a time, from 1. Default: as many as there are cores. */
  readonly workers?: number;
}

/** So often what was tried is written down. */
const KEEP_EVERY = 10;

export async function tryGates(
  { onTried, checks, isAnew = false, workers = availableParallelism() }: TryRequest,
  signal: AbortSignal,
): Promise<TrialTable> {
  const gates = gatesDigest() ?? readTable(SHIPPED)?.gates;
  if (gates === undefined) throw nothingToTry();
  const before = isAnew ? [] : (begunTable(gates)?.tried ?? []);
  const known = new Map(before.map((one) => [`${one.task}/${one.case}`, one]));
  const at = mkdtempSync(join(tmpdir(), 'paceline-gates-'));
  const tried: TriedCase[] = [];
  const keep = (row: TriedCase, done: number, of: number): void => {
    tried.push(row);
    if (done % KEEP_EVERY === 0) keepTable({ version: 1, gates, isWhole: false, tried });
    onTried?.(row, done, of);
  };
  try {
    const tasks = await knownTasks({ at, isWhole: true, workers }, signal);
    if (tasks.length < 2) throw nothingToTry();
    const request = {
      tasks,
      gates,
      workers,
      clock: systemClock,
      onTried: keep,
      ...(checks ? { checks } : {}),
    };
    const lookUp = (task: string, name: string) => known.get(`${task}/${name}`);
    const table = await qualify({ ...request, known: lookUp }, signal);
    keepTable(table);
    return table;
  } finally {
    rmSync(at, { recursive: true, force: true });
  }
}

function nothingToTry(): PacelineError {
  return new PacelineError(
    'GATE_UNQUALIFIED',
    'This installation holds no known cases to try its gates on: the folder corpus is missing. Install the package again.',
  );
}
