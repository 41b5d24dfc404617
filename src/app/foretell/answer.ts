/** What a person expects of a trial that waits for it. */

import { PacelineError } from '../../core/errors.ts';
import { BY_HUMAN } from '../../core/steering.ts';
import type { StudyPlace } from '../read-ledger.ts';
import { userName } from '../steer-study.ts';
import { foretellFolder, openQuestions, putAnswer, type Question } from './files.ts';

export function questionsOf({ root, id }: StudyPlace): readonly Question[] {
  return openQuestions(foretellFolder(root, id));
}

export interface Expectation {
  readonly chance: number;
  readonly effect?: number;
}

/** @throws PacelineError `USAGE` where that trial asks nothing, or not any more. */
export function foretell(
  { root, id }: StudyPlace,
  trial: number,
  expected: Expectation,
): { readonly trial: number; readonly by: string } & Expectation {
  const waiting = questionsOf({ root, id }).map((one) => one.trial);
  if (!waiting.includes(trial)) {
    const which =
      waiting.length === 0 ? 'No trial asks now' : `Trials that ask now: ${waiting.join(', ')}`;
    throw new PacelineError(
      'USAGE',
      `Trial ${trial} of ${id} asks nobody: its result is known, nobody was to be asked, or the wait is over. ${which}. paceline steer foretell lists them.`,
      { id, trial },
    );
  }
  const by = BY_HUMAN + userName();
  putAnswer(foretellFolder(root, id), trial, { schema: 'paceline.answer/1', by, ...expected });
  return { trial, by, ...expected };
}
