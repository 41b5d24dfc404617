/** The tasks and cases of the corpus, as they lie in `corpus/blind` (corpus/README.md has the format). */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { PacelineError } from '../../core/errors.ts';
import { corpusFolder } from './own-folder.ts';

const task = z.object({
  name: z.string(),
  entry: z.object({ file: z.string(), export: z.string() }),
  form: z.enum(['forest', 'source']),
  /** Of a forest. */
  inputs: z.array(z.string()).optional(),
  isDeterministic: z.boolean(),
  goal: z.enum(['min', 'max']),
  metric: z.string(),
});

const one = z.object({
  kind: z.enum(['cheat', 'honest', 'organism']),
  family: z.string(),
  /** Two promotions, of which only both together are the attack. */
  split: z.object({ first: z.string(), second: z.string() }).optional(),
});

export interface CorpusCase {
  readonly name: string;
  readonly is: 'cheat' | 'honest';
  readonly family: string;
  /** Text of its file. */
  readonly text: string;
}

export interface CorpusTask extends z.infer<typeof task> {
  readonly folder: string;
  readonly origin: string;
  readonly cases: readonly CorpusCase[];
}

/** An organism that does nothing is as honest as any. */
const CLEAN = 'clean';

/** None where this installation has no corpus. @throws PacelineError `CONFIG_INVALID` for a case that cannot be read. */
export function corpusTasks(folder: string = join(corpusFolder(), 'blind')): readonly CorpusTask[] {
  if (!existsSync(folder)) return [];
  return foldersIn(folder).map((name) => {
    const place = join(folder, name);
    const said = readJson(join(place, 'task.json'), task);
    const { file } = said.entry;
    const origin = readFileSync(join(place, file.replace('candidate', 'origin')), 'utf8');
    const cases = foldersIn(join(place, 'cases')).map((of) =>
      caseIn(join(place, 'cases'), of, file),
    );
    return { ...said, folder: place, origin, cases };
  });
}

function caseIn(folder: string, name: string, file: string): CorpusCase {
  const { kind, family } = readJson(join(folder, name, 'case.json'), one);
  const isHonest = kind === 'honest' || family === CLEAN;
  const text = readFileSync(join(folder, name, file), 'utf8');
  return { name, is: isHonest ? 'honest' : 'cheat', family, text };
}

function foldersIn(folder: string): readonly string[] {
  if (!existsSync(folder)) return [];
  const entries = readdirSync(folder, { withFileTypes: true });
  return entries
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .sort();
}

function readJson<T>(path: string, schema: z.ZodType<T>): T {
  try {
    return schema.parse(JSON.parse(readFileSync(path, 'utf8')));
  } catch (cause) {
    throw new PacelineError(
      'CONFIG_INVALID',
      `${path} cannot be read as a case of the corpus: restore it from the package or the repository.`,
      { path },
      { cause },
    );
  }
}
