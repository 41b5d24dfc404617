/**
 * What a qualification is of: the files of the checks, with their thresholds, and of the cases. Whatever else
 * changes in a release leaves it as it is; what checks lean on elsewhere (statistics, jails) has tests of its own.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Hash, sha256 } from '../../core/hash.ts';
import { corpusFolder, sourceFolder } from './own-folder.ts';

/** Undefined where what runs was built: there it is what the shipped table names, which a test held to the source. */
export function gatesDigest(): Hash | undefined {
  const source = sourceFolder();
  if (source === undefined) return undefined;
  const gates = rowsOf(
    join(source, 'gates'),
    (name) => name.endsWith('.ts') && !name.endsWith('.test.ts'),
  );
  const cases = rowsOf(join(corpusFolder(), 'blind'), () => true);
  return sha256([...gates, ...cases].join('\n'));
}

function rowsOf(folder: string, isOne: (name: string) => boolean): readonly string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && isOne(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
    .map((path) => `${path.slice(folder.length)} ${sha256(readFileSync(path))}`);
}
