/** Programs as the genetic proposer meets them: texts of an archive, and keys of hypotheses. */
import { PacelineError } from '../../core/errors.ts';
import { sha256 } from '../../core/hash.ts';
import { behaviourKey, type Situations } from '../../lang/behaviour.ts';
import { decodeForest, encodeForest } from '../../lang/codec.ts';
import { type Forest, roundParameters } from '../../lang/forest.ts';
import { createInterpreterCache } from '../../lang/interpret.ts';
import type { Vocabulary } from '../../lang/vocabulary.ts';

/** Decoded elites kept: twice a full archive. A memo of a pure function, never state. */
const MEMO_SIZE = 128;

/** Reads canonical texts of the vocabulary; the elites of an archive are read again and again. */
export function forestReader(vocabulary: Vocabulary): (text: string) => Forest {
  const memo = new Map<string, Forest>();
  return (text) => {
    const known = memo.get(text);
    if (known !== undefined) return known;
    const forest = decodeForest(text, vocabulary);
    if (memo.size >= MEMO_SIZE) memo.clear();
    memo.set(text, forest);
    return forest;
  };
}

/** The canonical text, or undefined for a forest too long to be stored: large tables, grafted. */
export function textOf(forest: Forest): string | undefined {
  try {
    return encodeForest(forest);
  } catch (error) {
    if (error instanceof PacelineError && error.code === 'FOREST_INVALID') return undefined;
    throw error;
  }
}

/** Equal keys, same hypothesis. `text` is the canonical text of `forest`. */
export type KeyOf = (forest: Forest, text: string) => string;

/**
 * What the forest decides in the recorded situations or, without any, its exact text. Behaviour is
 * that of the stored forest, so numbers are rounded first.
 *
 * @throws PacelineError CONFIG_INVALID when the situations lack an input of the vocabulary.
 */
export function hypothesisKey(vocabulary: Vocabulary, situations?: Situations): KeyOf {
  if (situations === undefined) return (_, text) => sha256(text);
  checkInputs(vocabulary, situations);
  const slots = vocabulary.slots.map(({ name }) => name);
  const cache = createInterpreterCache();
  return (forest) =>
    `behaviour:${behaviourKey(roundParameters(forest), { slots, situations }, cache).toString(36)}`;
}

function checkInputs({ slots }: Vocabulary, { rows }: Situations): void {
  for (const input of slots.flatMap(({ inputs }) => inputs)) {
    if (Object.hasOwn(rows.columns, input) && rows.columns[input]?.length === rows.length) continue;
    throw new PacelineError(
      'CONFIG_INVALID',
      `The recorded situations have no column ${JSON.stringify(input)} of ${rows.length} rows, which the language reads. Add it to situations.rows of the interpreter module.`,
      { key: 'situations.rows', input },
    );
  }
}
