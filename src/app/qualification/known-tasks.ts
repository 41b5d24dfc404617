/** The corpus as what the gate is tried on: each task laid out in a folder, opened as the gate of a study would be. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { sha256 } from '../../core/hash.ts';
import { publicRoot } from '../../core/rng.ts';
import type { KnownBench, KnownCase, KnownTask } from '../../gatekeeper/known.ts';
import { judgeFiles } from '../build-judge.ts';
import type { Config } from '../config-schema.ts';
import { type Examiner, openExaminer } from '../gatekeeper/kit.ts';
import { readTask } from '../judged-task.ts';
import { digestFiles } from '../study-files.ts';
import { readSurface } from '../surface.ts';
import { type CorpusTask, corpusTasks } from './corpus.ts';
import { layOut } from './lay-out.ts';
import { madeCases } from './made.ts';

/** @param at An empty folder; whoever made it takes it away. */
export async function knownTasks(
  at: string,
  signal: AbortSignal,
  corpus: readonly CorpusTask[] = corpusTasks(),
): Promise<readonly KnownTask[]> {
  const tasks: KnownTask[] = [];
  for (const task of corpus) {
    const root = join(at, task.name);
    mkdirSync(root, { recursive: true });
    tasks.push(...(await tasksOf(task, root, signal)));
  }
  return tasks;
}

async function tasksOf(
  task: CorpusTask,
  root: string,
  signal: AbortSignal,
): Promise<readonly KnownTask[]> {
  const { config, originText: origin, textOf } = layOut(task, root);
  const { kind, originText } = await readTask({ root, config });
  const isForest = task.form === 'forest';
  const read = (file: string): string =>
    isForest ? textOf(file) : kind.fromFiles({ [task.entry.file]: file });
  const incumbent = { id: sha256(originText), text: originText };
  if (isForest && origin !== originText) throw new Error(`${task.name} reads as another forest`);
  const common = { form: task.form, incumbent, open: () => openKnown(root, config) };
  const cases = task.cases.map(({ name, is, family, text }): KnownCase => {
    const own = read(text);
    return { name, is, class: family, candidate: { id: sha256(own), text: own } };
  });
  const made = await madeIn(root, config, signal);
  return [
    { ...common, name: task.name, set: 'blind', cases },
    { ...common, name: `${task.name} made`, set: 'made', cases: made },
  ];
}

async function madeIn(
  root: string,
  config: Config,
  signal: AbortSignal,
): Promise<readonly KnownCase[]> {
  const { judged, judge, close } = await examinerIn(root, config);
  try {
    return await madeCases({ judged, judge, config }, signal);
  } finally {
    await close();
  }
}

/** The same secret cases each time, so that a qualification can be made again. */
async function openKnown(root: string, config: Config): Promise<KnownBench> {
  const examiner = await examinerIn(root, config);
  return { ...examiner.metered(publicRoot('known cases')), close: examiner.close };
}

function examinerIn(root: string, config: Config): Promise<Examiner> {
  const evaluator = digestFiles(
    root,
    judgeFiles({ config, task: root }, readSurface(root, config)),
  );
  const kept = { of: () => [] };
  return openExaminer({ root, config, work: 'known', evaluator, kept });
}
