/** Runs what a set still lacks, pair after pair; each pair is recorded before the next begins. */
import type { Measure } from '../../claims/orient.ts';
import { PacelineError } from '../../core/errors.ts';
import { type Ending, type Engine, refuseWaiting, type StudyHandle } from '../engine.ts';
import { writePages } from '../whole-record.ts';
import { findingOf, readPair, type SetFinding } from './finding.ts';
import { configOfPair, type Pair, type ReplicateSet, setFolder, writeSet } from './set-file.ts';
import { setMarkdown } from './set-report.ts';

export interface SetRun {
  readonly root: string;
  /** Runs one study to its end. */
  readonly stay: (begin: (engine: Engine) => Promise<StudyHandle>) => Promise<Ending>;
  /** Asked before each pair: somebody wants to leave. */
  readonly isAsked: () => boolean;
  readonly onPair: (said: { readonly index: number; readonly found: SetFinding }) => void;
}

export interface SetEnding {
  readonly set: ReplicateSet;
  readonly found: SetFinding;
  readonly isInterrupted: boolean;
}

/** @throws PacelineError as the studies do, and `WORKSPACE` where one was stopped by hand. */
export async function runSet(from: ReplicateSet, run: SetRun): Promise<SetEnding> {
  let set = from;
  let metric: Measure = { unit: '' };
  for (const [index, pair] of from.pairs.entries()) {
    const before = await readPair(run.root, pair);
    if (before.state !== 'finished') {
      if (before.state === 'useless') throw useless(set, pair);
      if (run.isAsked()) return { set, found: findingOf(set, metric), isInterrupted: true };
      const ending = await run.stay((engine) => begin(engine, set, { pair, before }));
      refuseWaiting(ending);
      if (ending.status === 'interrupted' || ending.status === 'stopped') {
        return { set, found: findingOf(set, metric), isInterrupted: true };
      }
    }
    const { effect, head, metric: named } = await readPair(run.root, pair);
    if (effect === undefined || head === undefined || named === undefined) throw useless(set, pair);
    metric = named;
    const pairs = set.pairs.with(index, { ...pair, effect, head });
    const found = findingOf({ ...set, pairs }, metric);
    set = { ...set, pairs, words: found.words };
    writeSet(run.root, set);
    const place = { folder: setFolder(run.root, set.id), what: 'The report of the set' };
    writePages(place, { 'report.md': setMarkdown(set, metric) });
    run.onPair({ index, found });
    if (found.isOver) break;
  }
  return { set, found: findingOf(set, metric), isInterrupted: false };
}

interface Next {
  readonly pair: Pair;
  readonly before: { readonly state: string };
}

function begin(engine: Engine, set: ReplicateSet, { pair, before }: Next): Promise<StudyHandle> {
  return before.state === 'begun'
    ? engine.resume(pair.study)
    : engine.start(configOfPair(set, pair), pair.study);
}

function useless({ id }: ReplicateSet, { study }: Pair): PacelineError {
  return new PacelineError(
    'WORKSPACE',
    `${study} was stopped before its budget was used, its finals had no score, or it is another study than was planned, so it is no pair of ${id}. Start a new set with paceline run --replicates.`,
    { study },
  );
}
