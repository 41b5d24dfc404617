/**
 * Reads bin packing files of the OR-Library (J. E. Beasley), for example `binpack3.txt`, the
 * published set behind the family `or3`. The files are not part of this example; where you can
 * reach them, they are at https://people.brunel.ac.uk/~mastjjb/jeb/orlib/binpackinfo.html.
 *
 * Format: the number of problems; then per problem a line with its name, a line with capacity,
 * number of items and best known number of bins, and the item sizes, one a line.
 */
import { readFileSync } from 'node:fs';

/**
 * @typedef {import('./evaluator/instances.mjs').Instance & { readonly name: string,
 *   readonly bestKnown: number }} LibraryInstance
 */

/**
 * @param {string} text
 * @param {string} source name of the file, for messages
 * @returns {LibraryInstance[]}
 */
export function parseOrLibrary(text, source = 'the file') {
  const words = [...text.matchAll(/\S+/g)];
  let next = 0;
  const fail = (expected) => {
    const word = words[next];
    const line = word ? text.slice(0, word.index).split('\n').length : undefined;
    const found = word ? `line ${line} says ${JSON.stringify(word[0].slice(0, 40))}` : 'it ends';
    return new Error(
      `${source} is not an OR-Library bin packing file: ${found} where ${expected} should be.`,
    );
  };
  const take = (expected) => {
    if (next >= words.length) throw fail(expected);
    return words[next++][0];
  };
  const integer = (expected, largest = Number.MAX_SAFE_INTEGER) => {
    const word = take(expected);
    const value = Number(word);
    if (/^\d+$/.test(word) && value >= 1 && value <= largest) return value;
    next--;
    throw fail(expected);
  };

  const problems = integer('the number of problems');
  const instances = [];
  while (instances.length < problems) {
    const name = take(`the name of problem ${instances.length + 1} of ${problems}`);
    const capacity = integer(`the capacity of ${name}`);
    const count = integer(`the number of items of ${name}`);
    const bestKnown = integer(`the best known number of bins of ${name}`);
    const sizes = [];
    while (sizes.length < count) {
      const which = `size ${sizes.length + 1} of ${count} of ${name}`;
      sizes.push(integer(`${which}, a whole number from 1 to ${capacity},`, capacity));
    }
    instances.push({ name, capacity, bestKnown, items: Int32Array.from(sizes) });
  }
  if (next < words.length) throw fail(`the end, after ${problems} problems,`);
  return instances;
}

/**
 * @param {string} file
 * @returns {LibraryInstance[]}
 */
export function readOrLibrary(file) {
  return parseOrLibrary(readFileSync(file, 'utf8'), file);
}
