/**
 * Folders in which something is made whole before a rename puts it in place. Their names carry the
 * process: who finds one later knows whether anybody still works there.
 */
import { mkdirSync, mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import { isAlive } from './is-alive.ts';

export function makeAside(state: string, purpose: 'import' | 'new'): string {
  mkdirSync(state, { recursive: true });
  return mkdtempSync(join(state, `${purpose}-${process.pid}-`));
}

export function isAbandonedAside(name: string): boolean {
  const pid = /^(?:import|new)-(?<pid>\d+)-/.exec(name)?.groups?.pid;
  return pid !== undefined && !isAlive(Number(pid));
}
