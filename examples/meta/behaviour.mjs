/**
 * What a function does on the inputs of its set: all that a task is, and all that makes two tasks one.
 *
 * @typedef {number | readonly number[]} Value
 * @typedef {{ readonly outputs: readonly (Value | null)[], readonly hiddenOutputs: readonly (Value | null)[] }} Behaviour
 */

/** The limits of the solver's language: what lies beyond them is a failure there, hence here. */
export const LARGEST_VALUE = 1e6;
export const LONGEST_LIST = 24;

const MOST_FAILURES = 3;
const FEWEST_DISTINCT = 3;

/**
 * The value itself where the language can hold it, else null: a failure.
 *
 * @param {Value | null | undefined} value
 * @returns {Value | null}
 */
export function held(value) {
  if (value === null || value === undefined) return null;
  if (typeof value === 'number') return isHeld(value) ? value : null;
  return value.length <= LONGEST_LIST && value.every(isHeld) ? value : null;
}

/** False for NaN too. */
const isHeld = (one) => Math.abs(one) <= LARGEST_VALUE;

/**
 * @param {(list: readonly number[], k: number) => Value | null | undefined} compute null, undefined or NaN where it fails
 * @param {import('./inputs.mjs').Inputs} inputs
 * @returns {Behaviour}
 */
export function behaviourOf(compute, { examples, hidden }) {
  const on = ({ list, k }) => held(compute(list, k));
  return { outputs: examples.map(on), hiddenOutputs: hidden.map(on) };
}

/**
 * Why this is no task: it fails on an example, fails on more than three of all inputs, or its outputs on the
 * examples are fewer than three different values, which too many other functions would share.
 *
 * @param {Behaviour} behaviour
 */
export function isUsable({ outputs, hiddenOutputs }) {
  if (outputs.includes(null)) return false;
  if (hiddenOutputs.filter((one) => one === null).length > MOST_FAILURES) return false;
  return new Set(outputs.map((one) => JSON.stringify(one))).size >= FEWEST_DISTINCT;
}

/**
 * Equal for two functions that do the same on all inputs, whatever they are called.
 *
 * @param {Behaviour} behaviour
 */
export function keyOf({ outputs, hiddenOutputs }) {
  return JSON.stringify([outputs, hiddenOutputs]);
}
