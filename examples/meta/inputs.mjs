/**
 * What the functions of a set are shown: 6 inputs whose outputs a solver is given, 30 that it is judged on.
 *
 * @typedef {{ readonly list: readonly number[], readonly k: number }} Input
 * @typedef {{ readonly examples: readonly Input[], readonly hidden: readonly Input[] }} Inputs
 */
import { randomOf } from './random.mjs';

export const EXAMPLES = 6;
export const HIDDEN = 30;

/**
 * Lists of 4 to 9 numbers, each with probability .25 from −15…25 and else from −7…11; k from 1…3.
 * Every set of numbers made with one seed of inputs has the same.
 *
 * @param {number} seed
 * @returns {Inputs}
 */
export function numberInputs(seed) {
  const random = randomOf(seed, 'inputs of numbers');
  const element = () => (random.unit() < 0.25 ? random.between(-15, 25) : random.between(-7, 11));
  return drawInputs(random, () => Array.from({ length: 4 + random.below(6) }, element));
}

/**
 * Both kinds from one stream; k from 1…3.
 *
 * @param {import('./random.mjs').Random} random
 * @param {() => number[]} makeList
 * @returns {Inputs}
 */
export function drawInputs(random, makeList) {
  const draw = () => ({ list: makeList(), k: random.between(1, 3) });
  return {
    examples: Array.from({ length: EXAMPLES }, draw),
    hidden: Array.from({ length: HIDDEN }, draw),
  };
}
