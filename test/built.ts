/** Where the processes lie that `built-cli.ts` builds. */
import { join } from 'node:path';

export const BUILT = join(import.meta.dirname, '../.built');

export const CHILDREN = ['kill-child', 'ledger-writer', 'record-writer', 'group-child'] as const;

/** A process of the tests, by the name of its file. */
export const builtChild = (name: (typeof CHILDREN)[number]): string =>
  join(BUILT, 'children', `${name}.js`);
