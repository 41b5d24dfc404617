/** The engine's reading of a candidate that a person wrote: what a proposer's own would have to be. */
import { PacelineError } from '../core/errors.ts';
import type { Situations } from '../lang/behaviour.ts';
import { decodeForest, encodeForest } from '../lang/codec.ts';
import type { Vocabulary } from '../lang/vocabulary.ts';
import type { Plan, WrittenText } from '../loop/plan.ts';
import { hypothesisKey } from '../proposers/genetic/reader.ts';
import { decodeProgram, type Program } from '../source/program.ts';
import { complaintOf, type Languages, programKey } from '../source/reading.ts';
import type { TaskKind } from '../tasks/contract.ts';

/** What searches a closed language in process. */
export interface Closed {
  readonly vocabulary: Vocabulary;
  readonly situations: Situations | undefined;
}

export interface WrittenMaterial {
  readonly kind: TaskKind;
  readonly languages: Languages;
  /** Absent for source files of any language. */
  readonly closed?: Closed | undefined;
}

export function writtenReader(material: WrittenMaterial): NonNullable<Plan['readWritten']> {
  const { kind, closed } = material;
  const keyOf = closed ? forestKey(closed) : sourceKey(material);
  return (text): ReturnType<NonNullable<Plan['readWritten']>> => {
    try {
      kind.materialise(text);
      return { key: keyOf(text), size: kind.size(text) };
    } catch (error) {
      if (PacelineError.is(error)) return { why: error.message };
      throw error;
    }
  };
}

type KeyReader = (text: string) => WrittenText['key'];

function forestKey({ vocabulary, situations }: Closed): KeyReader {
  const key = hypothesisKey(vocabulary, situations);
  return (text) => {
    const forest = decodeForest(text, vocabulary);
    if (encodeForest(forest) === text) return key(forest, text);
    throw new PacelineError('FOREST_INVALID', 'Its text is not in canonical form.');
  };
}

function sourceKey({ languages }: WrittenMaterial): KeyReader {
  return (text) => {
    const program = decodeProgram(text);
    refuseUnparsed(program, languages);
    return programKey(program, languages);
  };
}

/** @throws PacelineError `PROGRAM_INVALID` with the place. */
export function refuseUnparsed(program: Program, languages: Languages): void {
  const complaint = complaintOf(program, languages);
  if (complaint === undefined) return;
  throw new PacelineError('PROGRAM_INVALID', `It is not of its language. ${complaint}`);
}

/** What people may write, and what they may rule about: in a closed language there are no words for that. */
export function readingsOf(
  material: WrittenMaterial,
  origin: string,
): Pick<Plan, 'readWritten' | 'source'> {
  const { reach, toFiles } = material.kind;
  const readWritten = writtenReader(material);
  if (reach === undefined) return { readWritten };
  return {
    readWritten,
    source: {
      files: Object.keys(toFiles(origin)),
      reach: (text) => reached(() => reach(origin, text)),
    },
  };
}

/** Undefined for a text that is no program, or that its language cannot read. */
export function reached<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (PacelineError.is(error)) return undefined;
    throw error;
  }
}
