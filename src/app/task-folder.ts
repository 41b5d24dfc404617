/** Where the files of a task lie: in the folder of its config, or in a clean checkout of one commit. */
import { join } from 'node:path';
import type { Config } from './config-schema.ts';
import { stateFolder } from './study-files.ts';

export const CHECKOUTS = 'checkouts';

/** Beside a checkout: what its files were like when it was made. */
export const PRINT = '.print';

export function checkoutsFolder(root: string): string {
  return join(stateFolder(root), CHECKOUTS);
}

/** A checkout is named by its commit: studies of the same one share it. */
export function checkoutFolder(root: string, commit: string): string {
  return join(checkoutsFolder(root), commit);
}

export function taskFolder(root: string, { repository }: Pick<Config, 'repository'>): string {
  return repository === undefined ? root : checkoutFolder(root, repository.commit);
}
