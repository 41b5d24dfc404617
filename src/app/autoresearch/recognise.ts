/**
 * A repository as karpathy/autoresearch has it: program.md tells an agent what to do, train.py is what may change, and
 * what it prints at its end is grepped for one metric. From the three follows a study of the repository.
 */
import { existsSync, readFileSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { type Goal, knownGoal } from '../observe/choose-columns.ts';
import type { RepositoryFlags } from '../repository/describe.ts';

export const PROGRAM = 'program.md';
const SOURCE = 'train.py';
const RESULTS = 'results.tsv';

export interface Autoresearch {
  readonly root: string;
  readonly source: string;
  /** Command that measures. */
  readonly eval: string;
  readonly metric: string;
  /** Undefined where the name of the metric does not tell. */
  readonly goal: Goal | undefined;
  /** When program.md has a run ended; undefined where it does not say. */
  readonly timeout: string | undefined;
  /** Whether rows of an earlier loop lie beside it. */
  readonly hasResults: boolean;
}

const METRIC = 'val_bpb';
const VENV = '.venv/bin/python';

/** Undefined where the folder has not both files. */
export function autoresearchIn(folder: string): Autoresearch | undefined {
  const root = resolve(folder);
  const isFile = (name: string): boolean =>
    statSync(join(root, name), { throwIfNoEntry: false })?.isFile() === true;
  if (!isFile(PROGRAM) || !isFile(SOURCE)) return undefined;
  const text = readFileSync(join(root, PROGRAM), 'utf8');
  const metric = /grep\s+["']?\^?(\w+):/.exec(text)?.[1] ?? METRIC;
  const minutes = /exceeds\s+(\d+)\s+minutes/.exec(text)?.[1];
  const python = existsSync(join(root, VENV)) ? VENV : 'python3';
  return {
    root,
    source: SOURCE,
    eval: `${python} ${SOURCE}`,
    metric,
    goal: knownGoal(metric),
    timeout: minutes === undefined ? undefined : `${minutes}m`,
    hasResults: isFile(RESULTS),
  };
}

/** What a person should know of it, as it is measured in the end; one sentence each. */
export function autoresearchWords(
  { root, hasResults }: Autoresearch,
  { source, eval: command, metric, goal, timeout }: RepositoryFlags,
): readonly string[] {
  const ended = timeout === undefined ? '' : `, a run is ended after ${timeout}`;
  return [
    `A repository as autoresearch has it (${PROGRAM}, ${SOURCE}): ${source.join(', ')} of the commit is improved, ${command} measures, ${metric} is read from what it prints, ${goal === 'max' ? 'more' : 'less'} is better${ended}.`,
    'It runs in the jail: no network, no GPU, and of the folder the commit, .venv and node_modules. What it reads elsewhere, such as ~/.cache, needs a paceline.yaml with jail: { read: … }.',
    ...(hasResults
      ? [
          `${RESULTS} is left alone; paceline observe ${join(root, RESULTS)} judges the keeps in it.`,
        ]
      : []),
  ];
}
