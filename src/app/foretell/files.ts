/**
 * Questions to people and their answers, one small file each: `foretell/<trial>.question.json`, written by the
 * study, and `foretell/<trial>.answer.json`, written by anybody who may write there.
 */
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { studyFolder } from '../study-files.ts';

const QUESTION = /^(\d+)\.question\.json$/;

const question = z.strictObject({
  schema: z.literal('paceline.question/1'),
  trial: z.int().nonnegative(),
  proposer: z.string(),
  operator: z.string(),
  parents: z.array(z.string()).readonly(),
  /** What differs from the origin, as `git apply` takes it. */
  diff: z.string(),
});

const answer = z.strictObject({
  schema: z.literal('paceline.answer/1'),
  by: z.string().trim().min(1).max(200),
  chance: z.number().min(0).max(1),
  /** Gain in the metric's unit, positive is better. */
  effect: z.number().exactOptional(),
});

export type Question = z.infer<typeof question>;
export type AnswerLetter = z.infer<typeof answer>;

export function foretellFolder(root: string, id: string): string {
  return join(studyFolder(root, id), 'foretell');
}

const questionPath = (folder: string, trial: number): string =>
  join(folder, `${trial}.question.json`);
const answerPath = (folder: string, trial: number): string => join(folder, `${trial}.answer.json`);

export function putQuestion(folder: string, asked: Question): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  put(questionPath(folder, asked.trial), asked);
}

export function putAnswer(folder: string, trial: number, said: AnswerLetter): void {
  put(answerPath(folder, trial), said);
}

/** Whole or not at all: whoever looks meanwhile sees no half of it. */
function put(path: string, value: object): void {
  const aside = `${path}.${process.pid}.part`;
  writeFileSync(aside, `${JSON.stringify(value, null, 1)}\n`, { mode: 0o600 });
  renameSync(aside, path);
}

/** In the order of their trials; what cannot be read is none. */
export function openQuestions(folder: string): readonly Question[] {
  const trials = namesIn(folder).flatMap((name) => QUESTION.exec(name)?.[1] ?? []);
  return trials
    .map((trial) => question.safeParse(read(questionPath(folder, Number(trial)))))
    .flatMap(({ data }) => data ?? [])
    .toSorted((a, b) => a.trial - b.trial);
}

/** Undefined as long as there is none that can be read. */
export function readAnswer(folder: string, trial: number): AnswerLetter | undefined {
  const found = answer.safeParse(read(answerPath(folder, trial)));
  return found.success ? found.data : undefined;
}

/** What a process that was killed left behind: nobody waits for it any more. */
export function clearQuestions(folder: string): void {
  rmSync(folder, { recursive: true, force: true });
}

export function closeQuestion(folder: string, trial: number): void {
  rmSync(questionPath(folder, trial), { force: true });
  rmSync(answerPath(folder, trial), { force: true });
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}

function read(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    if (error instanceof SyntaxError || (error as NodeJS.ErrnoException).code === 'ENOENT')
      return undefined;
    throw error;
  }
}
