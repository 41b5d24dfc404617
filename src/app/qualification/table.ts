/** What these checks did with the known cases: as shipped, or as tried on this machine. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Hash } from '../../core/hash.ts';
import { type TrialTable, trialTable } from '../../gatekeeper/qualification.ts';
import { keepOnMachine, machineFile } from '../machine-cache.ts';
import { gatesDigest } from './gates-digest.ts';

/** Beside this file as source, and beside what was built. */
export const SHIPPED: string = join(import.meta.dirname, 'qualified-gates.json');

export interface FoundTable {
  readonly table: TrialTable;
  readonly from: 'shipped' | 'machine';
}

/** Undefined where nobody has tried the checks as they are now. */
export function trialTableNow(): FoundTable | undefined {
  const shipped = readTable(SHIPPED);
  const digest = gatesDigest() ?? shipped?.gates;
  if (digest === undefined) return undefined;
  if (shipped?.gates === digest) return { table: shipped, from: 'shipped' };
  const own = readTable(machineFile('gates', digest));
  return own?.gates === digest && own.isWhole ? { table: own, from: 'machine' } : undefined;
}

/** What was tried so far of a run that was cut off. */
export function begunTable(digest: Hash): TrialTable | undefined {
  return readTable(machineFile('gates', digest));
}

export function keepTable(table: TrialTable): void {
  keepOnMachine('gates', table.gates, JSON.stringify(table));
}

/** A case that stands there twice would count twice for what catches it. */
function isOnce({ tried }: TrialTable): boolean {
  return new Set(tried.map((one) => `${one.set} ${one.task} ${one.case}`)).size === tried.length;
}

/** Undefined where it is not there, or not ours. */
export function readTable(path: string): TrialTable | undefined {
  try {
    if (!existsSync(path)) return undefined;
    const table = trialTable.parse(JSON.parse(readFileSync(path, 'utf8')));
    return isOnce(table) ? table : undefined;
  } catch {
    return undefined;
  }
}
