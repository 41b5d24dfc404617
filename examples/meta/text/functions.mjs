/**
 * Functions on a text as a list of character codes and a small k, written by hand. They are for transfer: nothing
 * learns from them. Each can be written in the solver's language with what it knows of characters.
 *
 * @typedef {{ readonly name: string, readonly of: (text: readonly number[], k: number) => unknown }} TextFunction
 */
import { ascending, deltas, distinct, last, max, mean, median, min, total } from '../lists.mjs';
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
  'count-different': (text) => distinct(text).length,
  'count-different-letters': (text) => distinct(lowered(letters(text))).length,
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
  'code-sum': total,
  'letter-code-sum': (text) => total(letters(text)),
};

const CHARACTERS = {
  'first-character': (text) => text[0],
  'last-character': last,
  'character-k': (text, k) => text[k],
  'first-letter': (text) => letters(text)[0],
  'last-letter': (text) => last(letters(text)),
  'letter-k': (text, k) => letters(text)[k],
  'first-letter-raised': (text) => up(letters(text)[0]),
  'first-vowel': (text) => vowels(text)[0],
  'last-vowel': (text) => last(vowels(text)),
  'first-small-letter': (text) => smalls(text)[0],
  'last-in-alphabet': (text) => max(lowered(letters(text))),
  'first-in-alphabet': (text) => min(lowered(letters(text))),
  'median-letter': (text) => median(letters(text)),
  'mean-letter': (text) => mean(lowered(letters(text))),
  'alphabet-range': (text) => max(lowered(letters(text))) - min(lowered(letters(text))),
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
  backwards: (text) => [...text].reverse(),
  'letters-in-order': (text) => ascending(lowered(letters(text))),
  'without-repeats': distinct,
  'digits-in-order': (text) => ascending(digits(text)),
  'letters-backwards': (text) => letters(text).reverse(),
  'shifted-by-k': (text, k) => text.map((code) => code + k),
};

/** @type {readonly TextFunction[]} */
export const TEXT_FUNCTIONS = Object.entries({
  ...COUNTS,
  ...NUMBERS,
  ...CHARACTERS,
  ...TEXTS,
}).map(([name, of]) => ({ name, of }));
