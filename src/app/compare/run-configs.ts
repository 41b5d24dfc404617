/** Runs what a comparison of two configurations still lacks; each replicate is recorded before the next. */
import { compare } from '../../claims/comparison.ts';
import { pairDifferences } from '../../claims/pairs.ts';
import { PacelineError } from '../../core/errors.ts';
import { parseConfig } from '../config.ts';
import { type Ending, type Engine, refuseWaiting, type StudyHandle } from '../engine.ts';
import { findingOfConfigs } from './configs-finding.ts';
import { type Measuring, measureSides } from './measure.ts';
import { cutOf, type FinishedRun, readRun } from './read-run.ts';
import { type ConfigComparison, type Replicate, writeComparison } from './record.ts';
import { readSide, refuseUnlessSame } from './sides.ts';

export interface ConfigsRun {
  readonly root: string;
  /** Runs one study to its end. */
  readonly stay: (begin: (engine: Engine) => Promise<StudyHandle>) => Promise<Ending>;
  readonly signal: AbortSignal;
  readonly onReplicate: (index: number, words: string) => void;
}

/** The comparison as far as it got; unfinished where somebody interrupted it. */
export async function runConfigs(
  from: ConfigComparison,
  run: ConfigsRun,
): Promise<ConfigComparison> {
  let comparison = from;
  for (const [index, replicate] of from.replicates.entries()) {
    if (replicate.result !== undefined) continue;
    const result = await resultOf(comparison, replicate, run);
    if (result === undefined) return comparison;
    const replicates = comparison.replicates.with(index, { ...replicate, result });
    const { words } = findingOfConfigs({ ...comparison, replicates });
    comparison = { ...comparison, replicates, words };
    writeComparison(run.root, comparison);
    run.onReplicate(index, words);
  }
  return comparison;
}

/** Undefined when interrupted: nothing of it has been seen, so all of it is measured anew. */
async function resultOf(
  comparison: ConfigComparison,
  replicate: Replicate,
  run: ConfigsRun,
): Promise<Replicate['result']> {
  const first = await finishedRun(comparison, { replicate, side: 0, run });
  const second = first && (await finishedRun(comparison, { replicate, side: 1, run }));
  if (first === undefined || second === undefined) return undefined;
  const { studies } = replicate;
  const atEvals = cutOf([first, second]);
  const finals = [first.finalAt(atEvals), second.finalAt(atEvals)] as [string, string];
  const sides = [
    await readSide(run.root, studies[0], finals[0]),
    await readSide(run.root, studies[1], finals[1]),
  ] as const;
  refuseUnlessSame(...sides);
  const measuring: Measuring = {
    root: run.root,
    id: comparison.id,
    pairs: comparison.pairs,
    signal: run.signal,
    again: `paceline resume ${comparison.id}`,
    onCommit: () => undefined,
    onPairs: () => undefined,
  };
  try {
    const measured = await measureSides(sides, measuring);
    const { effect, n, verdict } = compareOf(comparison, measured);
    if (verdict !== 'identical' && n < 2) throw unscored(studies);
    return { atEvals, finals, heads: [first.head, second.head], measured, effect };
  } catch (error) {
    if (run.signal.aborted) return undefined;
    throw error;
  }
}

/** Also derived by `verify`. */
export function compareOf(
  { metric }: Pick<ConfigComparison, 'metric'>,
  measured: NonNullable<Replicate['result']>['measured'],
) {
  return compare(pairDifferences(measured, metric));
}

interface OneRun {
  readonly replicate: Replicate;
  readonly side: 0 | 1;
  readonly run: ConfigsRun;
}

async function finishedRun(
  { configs, id }: ConfigComparison,
  { replicate, side, run }: OneRun,
): Promise<FinishedRun | undefined> {
  const study = replicate.studies[side];
  const seed = replicate.seeds[side];
  const before = await readRun(run.root, study, seed);
  if (before.state === 'finished') return before;
  if (run.signal.aborted) return undefined;
  const ending = await run.stay((engine) =>
    before.state === 'begun'
      ? engine.resume(study)
      : engine.start(
          parseConfig({ ...(configs[side] as object), seed }, `a config of ${id}`),
          study,
        ),
  );
  refuseWaiting(ending);
  if (ending.status === 'interrupted') return undefined;
  const after = await readRun(run.root, study, seed);
  return after.state === 'finished' ? after : undefined;
}

function unscored(studies: readonly string[]): PacelineError {
  return new PacelineError(
    'WORKSPACE',
    `The finals of ${studies.join(' and ')} had no score on fresh cases, so they are no replicate. Mend the evaluator and compare the configs anew.`,
    { studies: [...studies] },
  );
}
