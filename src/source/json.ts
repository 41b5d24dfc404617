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

/** One sentence with the line. */
function complaint(text: string): string | undefined {
  const why = refusal(text);
  if (why === undefined) return undefined;
  return `Line ${text.slice(0, faultAt(text, why)).split('\n').length}: this is not JSON.`;
}

function refusal(text: string): string | undefined {
  try {
    JSON.parse(text);
    return undefined;
  } catch (error) {
    return (error as Error).message;
  }
}

/** Of a token that stands where none may, V8 names no place. */
const MISPLACED = /^Unexpected token /;

/** Offset at which the parser gives up: where it says, at the end, or behind the shortest beginning with a misplaced token. */
function faultAt(text: string, why: string): number {
  const [, at] = / at position (\d+)/.exec(why) ?? [];
  if (at !== undefined) return Number(at);
  if (!MISPLACED.test(why)) return text.length;
  let [sound, faulty] = [0, text.length];
  while (faulty - sound > 1) {
    const middle = (sound + faulty) >> 1;
    if (MISPLACED.test(refusal(text.slice(0, middle)) ?? '')) faulty = middle;
    else sound = middle;
  }
  return faulty;
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
