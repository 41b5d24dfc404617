/** Programs for a file of examples, as candidates of a study: TypeScript, in the one file that may be edited. */
import { basename } from 'node:path';
import { z } from 'zod';
import { PacelineError } from '../core/errors.ts';
import { sha256 } from '../core/hash.ts';
import type { Rng } from '../core/rng.ts';
import { drawnWithout } from '../core/shuffled.ts';
import type { Improver } from '../improver/artifact.ts';
import { solverOf } from '../improver/solver.ts';
import type { FoundProgram } from '../proposers/library.ts';
import { anyPrograms, type Fitting, programsFor, type Wanted } from '../synthesis/by-example.ts';
import { costsOf, uniformGrammar } from '../synthesis/costs.ts';
import type { Solver } from '../synthesis/generation.ts';
import { bareLanguage, type Language, type Value } from '../synthesis/language.ts';
import { fits } from '../synthesis/list-kernels.ts';
import type { Input } from '../synthesis/memory.ts';
import { print } from '../synthesis/term.ts';
import { printProgram, printTests } from '../synthesis/typescript.ts';
import { MOST_KEPT, type Workspace, workspace } from '../synthesis/workspace.ts';
import type { Files, TaskKind } from '../tasks/contract.ts';
import type { LibraryEntry } from './config-proposers.ts';
import { readRequired } from './task-files.ts';

const KEY = 'proposers.examples';

const list = z.array(z.int());
const example = z.strictObject({
  in: z.union([z.tuple([list]), z.tuple([list, z.int()])]),
  out: z.union([z.int(), list]),
});
const examplesFile = z.array(example);

interface Examples {
  readonly inputs: readonly Input[];
  /** Whether one of them gives k. */
  readonly hasK: boolean;
  readonly outputs: readonly Value[];
}

const refuse = (file: string, why: string): PacelineError =>
  new PacelineError('CONFIG_INVALID', `${KEY} names ${file}, which cannot be used: ${why}.`, {
    file,
  });

/** @throws PacelineError CONFIG_INVALID for no JSON, one example only, two that contradict each other, or mixed outputs. */
export function readExamples(root: string, file: string): Examples {
  const text = readRequired(root, file, KEY);
  const parsed = examplesFile.safeParse(jsonOf(text, file));
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    const where = issue?.path.length ? ` at ${issue.path.join('.')}` : '';
    throw refuse(
      file,
      `write a list like [{ "in": [[3, 1, 2], 1], "out": 6 }, …] of whole numbers; ${issue?.message}${where}`,
    );
  }
  return checked(parsed.data, file);
}

function jsonOf(text: string, file: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw refuse(file, `it is no JSON (${(error as Error).message})`);
  }
}

function checked(examples: z.infer<typeof examplesFile>, file: string): Examples {
  if (examples.length < 2)
    throw refuse(file, `${examples.length} examples say too little. Give at least two, better six`);
  const outputs = new Map<string, { readonly at: number; readonly out: string }>();
  for (const [at, one] of examples.entries()) {
    const [values] = one.in;
    if (!fits(values))
      throw refuse(
        file,
        `example ${at + 1} has a list of more than 24 numbers, or a number beyond a million. Shorten it`,
      );
    if (typeof one.out !== typeof examples[0]?.out)
      throw refuse(
        file,
        `example ${at + 1} wants ${kindOf(one.out)} and example 1 ${kindOf(examples[0]?.out as Value)}. A function gives one kind`,
      );
    const key = JSON.stringify(one.in);
    const out = JSON.stringify(one.out);
    const before = outputs.get(key);
    if (before !== undefined && before.out !== out)
      throw refuse(
        file,
        `examples ${before.at + 1} and ${at + 1} contradict each other: for ${key} one wants ${before.out}, the other ${out}. Take one out`,
      );
    outputs.set(key, { at, out });
  }
  return {
    inputs: examples.map(({ in: [values, k = 0] }) => ({ list: values, k })),
    hasK: examples.some(({ in: given }) => given.length === 2),
    outputs: examples.map(({ out }) => out),
  };
}

const kindOf = (value: Value): string => (typeof value === 'number' ? 'a number' : 'a list');

export interface LibraryRequest {
  readonly root: string;
  readonly kind: TaskKind;
  /** Editable files of the origin: one. */
  readonly origin: Files;
  readonly improver: Improver;
  /** Of the random control. */
  readonly rng: Rng;
}

/** What is searched: with what was learnt, with nothing learnt, or any program of the right type. */
export type LibrarySearch = 'learnt' | 'bare' | 'random';

/** Programs a search may keep: 450,000 candidates keep about 250,000. */
const KEPT_PER_CANDIDATE = 0.7;
const LEAST_KEPT = 50_000;
const CELLS_PER_KEPT = 60;

function spaceFor(candidates: number): Workspace {
  const kept = Math.min(MOST_KEPT, Math.max(LEAST_KEPT, KEPT_PER_CANDIDATE * candidates));
  return workspace(Math.ceil(kept), Math.ceil(kept * CELLS_PER_KEPT));
}

/** @throws PacelineError CONFIG_INVALID where the examples, or the files that may be edited, do not fit. */
export function libraryPrograms(
  request: LibraryRequest,
  entry: LibraryEntry,
  how: LibrarySearch,
): () => readonly FoundProgram[] {
  const { root, improver, rng, kind } = request;
  const files = filesOf(request.origin);
  const examples = readExamples(root, entry.examples);
  const { domain } = improver;
  const learnt = solverOf(improver);
  const bare = bareLanguage(domain);
  const { language, grammar, net }: Omit<Solver, 'generation'> =
    how === 'learnt' ? learnt : { language: bare, grammar: uniformGrammar(bare) };
  const costs = costsOf(language, grammar);
  const guide = net === undefined ? {} : { net };
  const wanted = { ...examples, ...entry, language, domain, costs, ...guide };
  return () => {
    const space = spaceFor(entry.candidates);
    const found = how === 'random' ? drawn(wanted, space, rng) : programsFor(wanted, space);
    const about = { language, kind, files, examples };
    return found.map((one) => candidateOf(one, about));
  };
}

interface Written {
  /** The function. */
  readonly path: string;
  /** Its tests, where the config lets them be written. */
  readonly tests?: string;
}

/** `answer.test.ts`, or a name that no test runner takes for its own. */
const TESTS = /\.(test|examples)\.ts$/;

function filesOf(origin: Files): Written {
  const paths = Object.keys(origin);
  const [tests, ...moreTests] = paths.filter((one) => TESTS.test(one));
  const [path, ...more] = paths.filter((one) => !TESTS.test(one));
  if (path?.endsWith('.ts') && more.length === 0 && moreTests.length === 0)
    return { path, ...(tests === undefined ? {} : { tests }) };
  throw new PacelineError(
    'CONFIG_INVALID',
    'proposers names library, which writes one TypeScript file, and its tests beside it. Let surface.edit name them, for example origin/answer.ts and origin/answer.examples.ts.',
    { key: 'surface.edit' },
  );
}

/** As many as asked for, drawn without replacement from the cheapest of the right type. */
function drawn(wanted: Wanted, space: Workspace, rng: Rng): readonly Fitting[] {
  const type = typeof wanted.outputs[0] === 'number' ? 'I' : 'L';
  const programs = drawnWithout(anyPrograms(wanted, type, space), wanted.most, rng);
  return programs.map((term) => ({ term, right: 0 }));
}

interface About {
  readonly language: Language;
  readonly kind: TaskKind;
  readonly files: Written;
  readonly examples: Examples;
}

function candidateOf(
  { term, right }: Fitting,
  { language, kind, files, examples }: About,
): FoundProgram {
  const of = examples.outputs.length;
  const printed = print(language, term);
  const about = right > 0 ? `Gives what ${right} of ${of} examples want.` : 'Drawn at random.';
  const source = printProgram({ language, program: term, name: 'answer', about });
  const { path, tests } = files;
  const written = tests === undefined ? {} : { [tests]: printTests(examples, basename(path)) };
  const text = kind.fromFiles({ [path]: source, ...written });
  return {
    text,
    operator: right === of ? 'fits' : right > 0 ? 'near' : 'random',
    key: sha256(kind.normalise(text)),
    size: kind.size(text),
    hypothesis: printed,
  };
}
