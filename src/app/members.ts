/** Studies that a record of a larger undertaking rests on: without one of them it could not be verified. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { entriesOf, stateFolder } from './study-files.ts';

const RECORDS = { replicates: 'set.json', portfolios: 'portfolio.json' } as const;

/** Of the studies named, those that a replicate set, a portfolio or a comparison of configs names too. */
export function membersAmong(root: string, ids: readonly string[]): ReadonlySet<string> {
  const records = recordsOf(stateFolder(root));
  return new Set(ids.filter((id) => records.some((text) => text.includes(JSON.stringify(id)))));
}

function recordsOf(state: string): readonly string[] {
  const found = Object.entries(RECORDS).flatMap(([folder, file]) =>
    entriesOf(join(state, folder)).map((id) => join(state, folder, id, file)),
  );
  const comparisons = entriesOf(join(state, 'comparisons')).map((name) =>
    join(state, 'comparisons', name),
  );
  return [...found, ...comparisons]
    .filter((path) => path.endsWith('.json') && existsSync(path))
    .map((path) => readFileSync(path, 'utf8'));
}
