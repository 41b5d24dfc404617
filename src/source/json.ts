/** JSON data: numbers to move and to exchange; keys, strings and structure stay as they are. */
import { PacelineError } from '../core/errors.ts';
import { constantVariations } from './constants.ts';
import { edited, isInside, pickTwo } from './edit.ts';
import type { Language, NumberSpan, Variation } from './language.ts';

const TOKEN = /"(?:\\.|[^"\\])*"|-?\d[\d.eE+-]*|true|false|null|[[\]{},:]/g;
const NUMBER = /^-?\d/;
const PUNCTUATION = /^[\]},:]$/;

/** Numbers with their sign: unlike source code, data write −1 as one literal. */
function constants(text: string): readonly NumberSpan[] {
  return [...text.matchAll(TOKEN)]
    .filter(([word]) => NUMBER.test(word))
    .map(({ 0: word, index }) => ({
      start: index,
      end: index + word.length,
      value: Number(word),
      negatable: true,
      isSigned: true,
    }));
}

const exchange: Variation = {
  name: 'exchange',
  vary(source, rng) {
    const places = constants(source.text).filter((span) => isInside(source.spans, span));
    const [a, b] = pickTwo(rng, places) ?? [];
    if (a === undefined || b === undefined) return undefined;
    const textOf = ({ start, end }: NumberSpan): string => source.text.slice(start, end);
    return edited(source, [
      { start: a.start, end: a.end, text: textOf(b) },
      { start: b.start, end: b.end, text: textOf(a) },
    ]);
  },
};

/** One sentence with the line, where the parser names a place. */
function complaint(text: string): string | undefined {
  try {
    JSON.parse(text);
    return undefined;
  } catch (error) {
    const [, at] = /at position (\d+)/.exec((error as Error).message) ?? [];
    const read = text.slice(0, at === undefined ? text.length : Number(at));
    return `Line ${read.split('\n').length}: this is not JSON.`;
  }
}

function tokensOf(text: string): readonly string[] {
  const why = complaint(text);
  if (why !== undefined) throw new PacelineError('SOURCE_UNSUPPORTED', `${why} Correct the data.`);
  return [...text.matchAll(TOKEN)].map(([word]) => word);
}

export const json: Language = {
  name: 'json',
  variations: [...constantVariations(constants), exchange],
  complaint,
  // Numbers keep their digits: 1.0 and 1 are different types to some readers.
  normalise: (text) =>
    tokensOf(text)
      .map((word) => (word.startsWith('"') ? JSON.stringify(JSON.parse(word)) : word))
      .join(''),
  size: (text) => tokensOf(text).filter((word) => !PUNCTUATION.test(word)).length,
  imports: () => [],
  constants,
};
