/** Programs as text: each file is varied in its own language, inside its editable spans. */
import { pick } from '../../source/edit.ts';
import type { Variation } from '../../source/language.ts';
import { languageOf } from '../../source/language-of.ts';
import { decodeProgram, editableSpans, encodeProgram, type Program } from '../../source/program.ts';
import { complaintOf, type Languages, programKey, programSize } from '../../source/reading.ts';
import type { Genome, VariationDraw } from './genome.ts';

export interface SourceGenomeOptions {
  /** Canonical text of the program to improve. */
  readonly origin: string;
  /** Further languages by file extension. */
  readonly languages: Languages;
  /** Variations to leave out; absent, none. */
  readonly without?: (variation: Variation) => boolean;
}

/** Characters a program may have (included): so many times those of the origin, and a little for small ones. */
const MAX_GROWTH = 3;
const SMALL = 2_000;

/** Variations that take parts of a mate: with all others a second parent would be one in name only. */
const MATING = new Set(['crossover', 'graft', 'arithmetic']);

/** @throws PacelineError PROGRAM_INVALID when the origin is no program, or its markers do not pair. */
export function sourceGenome(options: SourceGenomeOptions): Genome<Program> {
  const { origin, languages, without = () => false } = options;
  const variationsOf = (path: string) =>
    languageOf(path, languages).variations.filter((one) => !without(one));
  const paths = Object.entries(decodeProgram(origin).files)
    .filter(([, text]) => editableSpans(text).length > 0)
    .map(([path]) => path);
  const operators = new Set(paths.flatMap((path) => variationsOf(path).map(({ name }) => name)));

  function vary(program: Program, operator: string, { rng, mate }: VariationDraw<Program>) {
    const path = pick(
      rng,
      paths.filter((one) => variationsOf(one).some(({ name }) => name === operator)),
    );
    const variation = path && variationsOf(path).find(({ name }) => name === operator);
    if (!path || !variation) return undefined;
    const source = (text: string) => ({ text, spans: editableSpans(text) });
    const other = MATING.has(operator) ? (mate() ?? program) : undefined;
    const own = program.files[path] as string;
    const lent = other?.files[path];
    const text = variation.vary(source(own), rng, lent === undefined ? undefined : source(lent));
    return text === undefined ? undefined : { files: { ...program.files, [path]: text } };
  }

  return {
    operators: [...operators],
    origin: decodeProgram(origin),
    read: decodeProgram,
    textOf(program) {
      if (complaintOf(program, languages) !== undefined) return undefined;
      const text = encodeProgram(program);
      return text.length <= MAX_GROWTH * origin.length + SMALL ? text : undefined;
    },
    keyOf: (program) => programKey(program, languages),
    sizeOf: (program) => programSize(program, languages),
    vary,
  };
}
