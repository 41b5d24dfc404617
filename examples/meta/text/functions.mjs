/**
 * Functions on a text as a list of character codes and a small k, written by hand. They are for transfer: nothing
 * learns from them. Each can be written in the solver's language with what it knows of characters.
 *
 * @typedef {{ readonly name: string, readonly of: (text: readonly number[], k: number) => unknown }} TextFunction
 */
import {
  ascending,
  deltas,
  distinct,
  last,
  max,
  mean,
  median,
  min,
  runningSums,
  sizes,
  total,
} from '../lists.mjs';
import {
  digitValue,
  isDigit,
  isLetter,
  isLower,
  isSpace,
  isUpper,
  isVowel,
  low,
  up,
} from './characters.mjs';

const letters = (text) => text.filter(isLetter);
const capitals = (text) => text.filter(isUpper);
const smalls = (text) => text.filter(isLower);
const vowels = (text) => text.filter(isVowel);
const spaces = (text) => text.filter(isSpace);
const digits = (text) => text.filter(isDigit).map(digitValue);
const lowered = (text) => text.map(low);
const alphabet = (text) => lowered(letters(text));
const half = (text) => Math.floor(text.length / 2);
const firstHalf = (text) => text.slice(0, half(text));
const secondHalf = (text) => text.slice(half(text));
const even = (list) => list.filter((one) => one % 2 === 0);
const odd = (list) => list.filter((one) => one % 2 !== 0);

const COUNTS = {
  'count-capitals': (text) => capitals(text).length,
  'count-small-letters': (text) => smalls(text).length,
  'count-letters': (text) => letters(text).length,
  'count-digits': (text) => digits(text).length,
  'count-spaces': (text) => spaces(text).length,
  'count-vowels': (text) => vowels(text).length,
  'count-consonants': (text) => letters(text).length - vowels(text).length,
  'count-different-letters': (text) => distinct(alphabet(text)).length,
  'count-different-digits': (text) => distinct(digits(text)).length,
  'count-different-vowels': (text) => distinct(lowered(vowels(text))).length,
  'count-repeats': (text) => text.length - distinct(text).length,
  'letters-over-digits': (text) => letters(text).length - digits(text).length,
  'small-over-capital': (text) => smalls(text).length - capitals(text).length,
  'vowels-and-digits': (text) => vowels(text).length + digits(text).length,
  'vowels-in-first-half': (text) => vowels(firstHalf(text)).length,
  'digits-in-second-half': (text) => digits(secondHalf(text)).length,
  'letters-after-k': (text, k) => letters(text.slice(k)).length,
  'even-digits': (text) => even(digits(text)).length,
  'odd-digits': (text) => odd(digits(text)).length,
  'digits-above-k': (text, k) => digits(text).filter((one) => one > k).length,
  'digits-above-average': (text) => digits(text).filter((one) => one > mean(digits(text))).length,
  'late-letters': (text) => alphabet(text).filter((one) => one > mean(alphabet(text))).length,
  'alphabetical-steps': (text) => deltas(text).filter((one) => one > 0).length,
};

const NUMBERS = {
  'digit-sum': (text) => total(digits(text)),
  'largest-digit': (text) => max(digits(text)),
  'smallest-digit': (text) => min(digits(text)),
  'digit-range': (text) => max(digits(text)) - min(digits(text)),
  'average-digit': (text) => mean(digits(text)),
  'first-digit': (text) => digits(text)[0],
  'last-digit': (text) => last(digits(text)),
  'sum-of-odd-digits': (text) => total(odd(digits(text))),
  'sum-of-squared-digits': (text) => total(digits(text).map((one) => one * one)),
  'different-digit-sum': (text) => total(distinct(digits(text))),
  'letter-code-sum': (text) => total(letters(text)),
};

const CHARACTERS = {
  'first-letter': (text) => letters(text)[0],
  'last-letter': (text) => last(letters(text)),
  'letter-k': (text, k) => letters(text)[k],
  'first-letter-raised': (text) => up(letters(text)[0]),
  'first-vowel': (text) => vowels(text)[0],
  'last-vowel': (text) => last(vowels(text)),
  'first-small-letter': (text) => smalls(text)[0],
  'last-in-alphabet': (text) => max(alphabet(text)),
  'first-in-alphabet': (text) => min(alphabet(text)),
  'median-letter': (text) => median(letters(text)),
  'mean-letter': (text) => mean(alphabet(text)),
  'alphabet-range': (text) => max(alphabet(text)) - min(alphabet(text)),
  'second-in-alphabet': (text) => ascending(alphabet(text))[1],
  'largest-letter-jump': (text) => max(sizes(deltas(alphabet(text)))),
  'letter-variation': (text) => total(sizes(deltas(alphabet(text)))),
};

const TEXTS = {
  'upper-case': (text) => text.map(up),
  'lower-case': lowered,
  'letters-only': letters,
  'digits-only': (text) => text.filter(isDigit),
  'digit-values': digits,
  'vowels-only': vowels,
  'first-k-letters': (text, k) => letters(text).slice(0, k),
  'letters-raised': (text) => letters(text).map(up),
  'letters-in-order': (text) => ascending(alphabet(text)),
  'digits-in-order': (text) => ascending(digits(text)),
  'k-largest-digits': (text, k) => ascending(digits(text)).reverse().slice(0, k),
  'running-digit-sums': (text) => runningSums(digits(text)),
  'vowels-in-order': (text) => ascending(lowered(vowels(text))),
};

/** @type {readonly TextFunction[]} */
export const TEXT_FUNCTIONS = Object.entries({
  ...COUNTS,
  ...NUMBERS,
  ...CHARACTERS,
  ...TEXTS,
}).map(([name, of]) => ({ name, of }));
