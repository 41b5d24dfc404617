/** Checkouts that can go: no study is of their commit, and no start is about to be. */
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { isAbandonedAside } from '../aside.ts';
import { entriesOf, listStudies, readStudyRecord } from '../study-files.ts';
import { checkoutsFolder, PRINT } from '../task-folder.ts';

/** A start checks out before its study is on record, and may take its time to measure. */
const YOUNG_MS = 24 * 60 * 60 * 1000;

/** Names below the folder of checkouts. One that is missed later is made again from its commit. */
export function unusedCheckouts(root: string, nowMs: number): readonly string[] {
  const folder = checkoutsFolder(root);
  const names = entriesOf(folder);
  if (names.length === 0) return [];
  const used = commitsUsed(root);
  return names.filter((name) => {
    if (name.startsWith('new-')) return isAbandonedAside(name);
    return (
      !used.has(name.replace(PRINT, '')) && statSync(join(folder, name)).mtimeMs < nowMs - YOUNG_MS
    );
  });
}

function commitsUsed(root: string): ReadonlySet<string> {
  return new Set(listStudies(root).flatMap((id) => commitOf(root, id) ?? []));
}

/** As it stands there: a record that is no config any more may name one all the same. */
function commitOf(root: string, id: string): string | undefined {
  try {
    const { repository } = readStudyRecord(root, id).config as {
      readonly repository?: { readonly commit?: string };
    };
    return repository?.commit;
  } catch {
    return undefined;
  }
}
