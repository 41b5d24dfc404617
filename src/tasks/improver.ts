/**
 * Improvers of the GP engine as candidates: forests over its slots, so people read a function for each setting
 * and the engine that improves policies improves them too.
 */
import { GP_VOCABULARY } from '../improver/gp/slots.ts';
import type { TaskKind } from './contract.ts';
import { forestTask } from './forest.ts';

/** An unaudited change of the improver owes as much as four of code (safety.md §4). */
const IMPROVER_DEBT = 4;

/** @throws PacelineError CONFIG_INVALID when `path` does not end in a plain `.ts` file name. */
export function improverTask(path: string): TaskKind {
  const kind = forestTask({ vocabulary: GP_VOCABULARY, path });
  return { ...kind, name: 'improver', debtWeight: IMPROVER_DEBT };
}
