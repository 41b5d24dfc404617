/** The corpus as what the gate is tried on: each task laid out in a folder, opened as the gate of a study would be. */
import { cpSync, mkdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import pLimit from 'p-limit';
import { sha256 } from '../../core/hash.ts';
import { publicRoot } from '../../core/rng.ts';
import type { KnownBench, KnownCase, KnownTask } from '../../gatekeeper/known.ts';
import { HONEST_AND_WORSE } from '../../gatekeeper/qualification.ts';
import { allEnded } from '../../gates/calls/all-ended.ts';
import { judgeFiles } from '../build-judge.ts';
import { CONFIG_FILE, loadConfig } from '../config.ts';
import type { Config } from '../config-schema.ts';
import { isTimed } from '../config-time.ts';
import { type CorpusCase, type CorpusTask, readCorpus } from '../corpus/cases.ts';
import { type Examiner, openExaminer } from '../gatekeeper/kit.ts';
import { readTask } from '../judged-task.ts';
import { digestFiles } from '../study-files.ts';
import { readSurface } from '../surface.ts';
import { layOut } from './lay-out.ts';
import { madeCases } from './made.ts';
import { corpusFolder, packageFolder } from './own-folder.ts';
import { withPublicCases } from './public-cases.ts';

export interface KnownRequest {
  /** An empty folder; whoever made it takes it away. */
  readonly at: string;
  /** Also those that are known only once they are measured: minutes, and not for traps. */
  readonly isWhole: boolean;
  readonly corpus?: readonly CorpusTask[];
  /** Tasks that are laid out at a time, from 1. Default 1. */
  readonly workers?: number;
}

export async function knownTasks(
  { at, isWhole, workers = 1, corpus = readCorpus(join(corpusFolder(), 'blind')) }: KnownRequest,
  signal: AbortSignal,
): Promise<readonly KnownTask[]> {
  const limit = pLimit(workers);
  const laying = corpus.map((task) =>
    limit(() => {
      const root = join(at, task.name);
      mkdirSync(root, { recursive: true });
      return tasksOf(task, { root, isWhole }, signal);
    }),
  );
  const tasks = (await allEnded(laying)).flat();
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
  const known = (work: string) => async () => {
    const bench = await openKnown({ root, config, work });
    return { ...bench, tools: withPublicCases(bench.tools) };
  };
  const { name, form } = task;
  const shared = { set: 'blind', form, isTimed: isTimed(config), incumbent, cases } as const;
  const own = { name, ...shared, open: known('known') };
  // A rewrite that answers the same is no faster: of times it would be no honest control.
  if (isTimed(config)) return [own];
  const made = await madeTask({ name: `${name} made`, root, config, isWhole }, signal);
  return [own, { ...made, open: known('known made') }];
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
    const open = () => openKnown({ root, config, work: 'known made' });
    return { name, set: 'made', form, isTimed: isTimed(config), incumbent, cases, open };
  } finally {
    await examiner?.close();
  }
}

interface Opening {
  readonly root: string;
  readonly config: Config;
  /** Its folder in `root`: of tasks in the same folder that are open at the same time each has its own. */
  readonly work: string;
}

/** The same secret cases each time, so that a qualification can be made again. */
async function openKnown({ root, config, work }: Opening): Promise<KnownBench> {
  const examiner = await examinerIn(root, config, work);
  return { ...examiner.metered(publicRoot('known cases')), close: examiner.close };
}

export function examinerIn(root: string, config: Config, work = 'known'): Promise<Examiner> {
  const evaluator = digestFiles(
    root,
    judgeFiles({ config, task: root }, readSurface(root, config)),
  );
  const kept = { of: () => [] };
  return openExaminer({ root, config, work, evaluator, kept });
}
