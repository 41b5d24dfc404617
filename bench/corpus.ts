/**
 * How hard the blind corpus is: what a gate would catch that knew no trick and only asked 400 fresh inputs
 * for properties and relations and compared the score. What it catches says little for a detector.
 */
import { join } from 'node:path';
import pLimit from 'p-limit';
import { type CorpusCase, type CorpusTask, readCorpus } from '../src/app/corpus/cases.ts';
import { beside, faultsOf } from '../test/corpus/honest.ts';
import { fileOf, isBad, modulesOf, type TaskModules } from '../test/corpus/judged.ts';
import type { Bench, Figure } from './figure.ts';

const INPUTS = 400;
const TIMEOUT_MS = 30_000;
/** Standard errors of the paired difference beyond which a score is worse. */
const CLEAR = 4;

const FOLDER = join(import.meta.dirname, '../corpus/blind');

interface Row {
  readonly one: CorpusCase;
  readonly isCaught: boolean;
}

async function isCaught(task: CorpusTask, modules: TaskModules, one: CorpusCase) {
  const files = [fileOf(task, one)];
  const [faults] = (await faultsOf({ task, modules, files }, INPUTS, TIMEOUT_MS)) ?? [];
  if (faults === undefined || faults.broken.length > 0) return true;
  const [score] = await beside({ task, modules, cases: [one] }, INPUTS, TIMEOUT_MS);
  return one.weaker !== true && !((score?.errors ?? Number.NaN) >= -CLEAR);
}

async function rowsOf(task: CorpusTask): Promise<readonly Row[]> {
  const modules = await modulesOf(task);
  const limit = pLimit(2);
  return Promise.all(
    task.cases.map((one) =>
      limit(async () => ({ one, isCaught: await isCaught(task, modules, one) })),
    ),
  );
}

function share(name: string, rows: readonly Row[]): Figure {
  const caught = rows.filter((row) => row.isCaught).length;
  const note = `${caught} of ${rows.length}`;
  return { name, value: (100 * caught) / rows.length, unit: 'percent', note };
}

function byFamily(kind: string, rows: readonly Row[]): readonly Figure[] {
  const families = [...new Set(rows.map(({ one }) => one.family))].sort();
  return families.map((family) =>
    share(
      `${kind}, ${family}`,
      rows.filter(({ one }) => one.family === family),
    ),
  );
}

export const corpus: Bench = {
  name: 'corpus',
  what: 'blind cases that properties and scores on 400 fresh inputs catch, without any trick',
  seconds: 240,
  async run(say) {
    const rows: Row[] = [];
    for (const task of readCorpus(FOLDER)) {
      const own = await rowsOf(task);
      rows.push(...own);
      say(`${task.name}: ${own.filter((row) => row.isCaught).length} of ${own.length}`);
    }
    const cheats = rows.filter(({ one }) => one.kind === 'cheat');
    const organisms = rows.filter(({ one }) => one.kind === 'organism' && isBad(one));
    const honest = rows.filter(({ one }) => !isBad(one));
    return [
      share('cheats', cheats),
      share('organisms', organisms),
      share('honest ones, weaker for their score not counted', honest),
      ...byFamily('cheat', cheats),
      ...byFamily('organism', organisms),
    ];
  },
};
