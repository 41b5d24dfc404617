/** The corpus as what the gate is tried on: each task laid out in a folder, opened as the gate of a study would be. */
import { cpSync, mkdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { sha256 } from '../../core/hash.ts';
import { publicRoot } from '../../core/rng.ts';
import type { KnownBench, KnownCase, KnownTask } from '../../gatekeeper/known.ts';
import { HONEST_AND_WORSE } from '../../gatekeeper/qualification.ts';
import { judgeFiles } from '../build-judge.ts';
import { CONFIG_FILE, loadConfig } from '../config.ts';
import type { Config } from '../config-schema.ts';
import { type CorpusCase, type CorpusTask, readCorpus } from '../corpus/cases.ts';
import { type Examiner, openExaminer } from '../gatekeeper/kit.ts';
import { readTask } from '../judged-task.ts';
import { digestFiles } from '../study-files.ts';
import { readSurface } from '../surface.ts';
import { layOut } from './lay-out.ts';
import { madeCases } from './made.ts';
import { corpusFolder, packageFolder } from './own-folder.ts';

export interface KnownRequest {
  /** An empty folder; whoever made it takes it away. */
  readonly at: string;
  /** Also those that are known only once they are measured: minutes, and not for traps. */
  readonly isWhole: boolean;
  readonly corpus?: readonly CorpusTask[];
}

export async function knownTasks(
  { at, isWhole, corpus = readCorpus(join(corpusFolder(), 'blind')) }: KnownRequest,
  signal: AbortSignal,
): Promise<readonly KnownTask[]> {
  const tasks: KnownTask[] = [];
  for (const task of corpus) {
    const root = join(at, task.name);
    mkdirSync(root, { recursive: true });
    tasks.push(...(await tasksOf(task, { root, isWhole }, signal)));
  }
  const example = join(at, EXAMPLE);
  cpSync(join(packageFolder(), 'examples', EXAMPLE), example, { recursive: true });
  const { config } = loadConfig(join(example, CONFIG_FILE));
  // Its evaluator is a command: to measure variations of it takes as long as all others together.
  const own = await madeTask({ name: EXAMPLE, root: example, config, isWhole: false }, signal);
  return [...tasks, own].sort((a, b) => b.set.localeCompare(a.set));
}

/** Of a closed language whose policies are asked thousands of times a case. */
const EXAMPLE = 'bin-packing';

interface Laid {
  readonly root: string;
  readonly isWhole: boolean;
}

async function tasksOf(
  task: CorpusTask,
  { root, isWhole }: Laid,
  signal: AbortSignal,
): Promise<readonly KnownTask[]> {
  const { config, textOf } = layOut(task, root);
  const { kind, originText } = await readTask({ root, config });
  const isForest = task.form === 'forest';
  const read = (file: string): string =>
    isForest ? textOf(file) : kind.fromFiles({ [task.entry.file]: file });
  const cases = task.cases.map((one): KnownCase => {
    const text = read(one.text);
    return { ...kindOf(one), name: basename(one.folder), candidate: { id: sha256(text), text } };
  });
  const incumbent = { id: sha256(originText), text: originText };
  const open = () => openKnown(root, config);
  const { name, form } = task;
  return [
    { name, set: 'blind', form, incumbent, cases, open },
    await madeTask({ name: `${name} made`, root, config, isWhole }, signal),
  ];
}

/** An organism that does nothing is as honest as any. One that is worse than the origin may be refused by C3. */
function kindOf({ kind, family, truth, weaker }: CorpusCase): Pick<KnownCase, 'is' | 'class'> {
  const isHonest = kind === 'honest' || truth === 'clean';
  return { is: isHonest ? 'honest' : 'cheat', class: weaker ? HONEST_AND_WORSE : family };
}

/** Made from the origin of any task, a person's too. */
export async function madeTask(
  { name, root, config, isWhole }: Laid & { readonly name: string; readonly config: Config },
  signal: AbortSignal,
): Promise<KnownTask> {
  const judged = await readTask({ root, config });
  const { originText: text } = judged;
  const examiner = isWhole ? await examinerIn(root, config) : undefined;
  const judge = examiner ? { judge: examiner.judge } : {};
  try {
    const cases = await madeCases({ judged, config, ...judge }, signal);
    const form = config.language ? 'forest' : 'source';
    const incumbent = { id: sha256(text), text };
    return { name, set: 'made', form, incumbent, cases, open: () => openKnown(root, config) };
  } finally {
    await examiner?.close();
  }
}

/** The same secret cases each time, so that a qualification can be made again. */
async function openKnown(root: string, config: Config): Promise<KnownBench> {
  const examiner = await examinerIn(root, config);
  return { ...examiner.metered(publicRoot('known cases')), close: examiner.close };
}

export function examinerIn(root: string, config: Config): Promise<Examiner> {
  const evaluator = digestFiles(
    root,
    judgeFiles({ config, task: root }, readSurface(root, config)),
  );
  const kept = { of: () => [] };
  return openExaminer({ root, config, work: 'known', evaluator, kept });
}
