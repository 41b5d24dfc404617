/** Fresh pairs of two recorded candidates, scored by the task's own evaluator as a confirm would be. */

import { existsSync, readdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { PacelineError } from '../../core/errors.ts';
import { sha256 } from '../../core/hash.ts';
import { publicRoot, secretRoot } from '../../core/rng.ts';
import type { Evaluator } from '../../evaluators/contract.ts';
import type { PairsStep } from '../../loop/decide.ts';
import { measurePairs, type PairMeasurer } from '../../loop/pairs.ts';
import { buildJudge, judgeFiles } from '../build-judge.ts';
import { isAlive } from '../is-alive.ts';
import { chooseJail } from '../jail/choose.ts';
import { orClose } from '../or-close.ts';
import { digestFiles, newSecret, sweepWork, workFolder } from '../study-files.ts';
import { readSurface } from '../surface.ts';
import { taskFolder } from '../task-folder.ts';
import { recordedKindOf } from '../task-kind.ts';
import { withoutStudy } from '../without-study.ts';
import { COMPARISON_START, type MeasuredPairs } from './record.ts';
import { refuseForeign } from './refuse-foreign.ts';
import type { Side, Sides } from './sides.ts';

export interface Measuring {
  readonly root: string;
  /** Of the comparison: names its work folder. */
  readonly id: string;
  readonly pairs: number;
  readonly signal: AbortSignal;
  /** What to run again once the evaluator is mended. */
  readonly again: string;
  /** Said before the first pair. */
  readonly onCommit: (secretCommit: string) => void;
  readonly onPairs: (done: number) => void;
}

/** @throws PacelineError where the evaluator is not the one of the studies or fails; the abort reason. */
export async function measureSides(sides: Sides, run: Measuring): Promise<MeasuredPairs> {
  const secret = newSecret();
  const secretCommit = sha256(secret);
  const work = workOf(run.id);
  const [first, second] = sides;
  if (first.candidate.id === second.candidate.id) {
    return { secretCommit, secret, values: [], againstValues: [] };
  }
  refuseForeign(run.root, sides);
  sweepAbandoned(run.root);
  const judge = await judgeOf(sides, { root: run.root, work });
  try {
    run.onCommit(secretCommit);
    const measurer = { opened: first.opened, judge, secretRoot: secretRoot(secret) };
    const measured = await allPairs(measurer, sides, run);
    return { secretCommit, secret, ...measured };
  } catch (error) {
    throw withoutStudy(error, run.again);
  } finally {
    await judge.close();
    sweepWork(run.root, work);
  }
}

/** Also derived by `verify`. */
export function pairsStep(
  sides: readonly [PairsStep['candidate'], PairsStep['candidate']],
): PairsStep {
  const [candidate, against] = sides;
  return {
    do: 'pairs',
    purpose: 'control',
    arm: 'comparison',
    trial: -1,
    candidate,
    against,
    from: 0,
    take: 0,
  };
}

async function allPairs(measurer: PairMeasurer, sides: Sides, run: Measuring) {
  const [first, second] = sides;
  const values: (number | null)[] = [];
  const againstValues: (number | null)[] = [];
  const deterministic = first.deterministic && second.deterministic;
  const step = pairsStep([first.candidate, second.candidate]);
  const { signal, again } = run;
  while (values.length < run.pairs) {
    const due = { ...step, from: values.length, take: run.pairs - values.length };
    const draft = await measurePairs(measurer, due, { deterministic, signal, again });
    signal.throwIfAborted();
    if (draft.type !== 'measurement.recorded') throw new Error('pairs gave no measurement');
    values.push(...draft.body.values);
    againstValues.push(...(draft.body.againstValues ?? []));
    run.onPairs(values.length);
  }
  return { values, againstValues };
}

interface Place {
  readonly root: string;
  readonly work: string;
}

/** Candidates of studies with different origins are checked against different surroundings. */
async function judgeOf([first, second]: Sides, { root, work }: Place) {
  const ours = await sideJudge(first, { root, work: `${work}/first` });
  const theirs = await orClose(ours, () => sideJudge(second, { root, work: `${work}/second` }));
  const measure: Evaluator['measure'] = async (requests, signal) => {
    const results = requests.map((request) =>
      (request.candidate.id === first.candidate.id ? ours : theirs).measure([request], signal),
    );
    return (await Promise.all(results)).flat();
  };
  const close = async (): Promise<void> => void (await Promise.all([ours.close(), theirs.close()]));
  return { measure, close };
}

async function sideJudge(
  { config, opened, study }: Side,
  { root, work }: Place,
): Promise<Evaluator> {
  const kind = recordedKindOf(config, opened.originText);
  const task = taskFolder(root, config);
  const found = readSurface(task, config);
  if (digestFiles(task, judgeFiles({ config, task }, found)) !== opened.evaluator) {
    throw new PacelineError(
      'WORKSPACE',
      `The evaluator files are no longer those of ${study}, so its candidates would be scored by another judge. Restore the files, or compare within a new study.`,
      { study },
    );
  }
  const surface = { ...found, edit: kind.toFiles(opened.originText) };
  const jail = await chooseJail(config.jail?.level);
  return buildJudge({ id: work, root, task, config, surface, jail }, kind, publicRoot(config.seed));
}

/** Carries the process: who finds it later knows whether anybody still works there. */
function workOf(id: string): string {
  return `${id}.${process.pid}`;
}

/** Ends what a killed comparison left running and takes its folder away. */
function sweepAbandoned(root: string): void {
  const folder = dirname(workFolder(root, COMPARISON_START));
  if (!existsSync(folder)) return;
  for (const name of readdirSync(folder)) {
    const pid = name.startsWith(COMPARISON_START) ? Number(name.split('.').at(-1)) : Number.NaN;
    if (Number.isInteger(pid) && !isAlive(pid)) sweepWork(root, name);
  }
}

/** Before an exit that cannot wait. */
export function abandonComparison(root: string, id: string): void {
  sweepWork(root, workOf(id));
}
