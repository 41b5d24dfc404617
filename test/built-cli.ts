/**
 * Before any test: the command line as users get it, and the processes that tests start and kill, built
 * into `.built` unless nothing changed since. One of them starts in a quarter of the time, or less, that it
 * takes from source, and tests start hundreds.
 */
import { readdirSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { build } from 'tsdown';
import config from '../tsdown.config.ts';
import { BUILT, builtChild, CHILDREN } from './built.ts';

const ROOT = dirname(BUILT);
const FIXTURES = 'test/guarantees/fixtures';

/** Of a whole run of tests, and of a bench that starts one of these processes. */
export async function setup(): Promise<void> {
  const newest = Math.max(
    ...['src', FIXTURES].flatMap(filesIn).map(changedMs),
    ...['package.json', 'tsdown.config.ts'].map(changedMs),
  );
  if (changedMs(builtChild('kill-child')) > newest) return;
  const quiet = { dts: false, logLevel: 'error', config: false } as const;
  await build({ ...config, ...quiet, outDir: BUILT });
  const entry = Object.fromEntries(CHILDREN.map((name) => [name, join(FIXTURES, `${name}.ts`)]));
  await build({ ...config, ...quiet, outDir: dirname(builtChild('kill-child')), entry });
}

function filesIn(folder: string): readonly string[] {
  const names = readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' });
  return names.map((name) => join(folder, name));
}

/** 0 where there is no such file. */
function changedMs(file: string): number {
  return statSync(resolve(ROOT, file), { throwIfNoEntry: false })?.mtimeMs ?? 0;
}
