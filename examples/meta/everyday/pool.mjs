/** The everyday functions as tasks: those that repeat a task beside them or an earlier one of their own are left out. */
import { behaviourOf, isUsable, keyOf } from '../behaviour.mjs';
import { randomOf } from '../random.mjs';
import { EVERYDAY } from './functions.mjs';

/**
 * Half of what is left goes to training, by seed; with an odd number the held-out half has one more.
 *
 * @param {number} seed of the halves
 * @param {object} set
 * @param {import('../inputs.mjs').Inputs} set.inputs
 * @param {readonly import('../behaviour.mjs').Behaviour[]} set.beside tasks on the same inputs
 */
export function everydayTasks(seed, { inputs, beside }) {
  const seen = new Set(beside.map(keyOf));
  const left = [];
  for (const { name, of } of EVERYDAY) {
    const behaviour = behaviourOf(of, inputs);
    const key = keyOf(behaviour);
    if (!isUsable(behaviour) || seen.has(key)) continue;
    seen.add(key);
    left.push({ name: `everyday/${name}`, family: 'everyday', cell: null, behaviour });
  }
  const train = Math.floor(left.length / 2);
  return randomOf(seed, 'halves of everyday functions')
    .shuffled(left)
    .map(({ behaviour, ...task }, at) => ({
      ...task,
      split: at < train ? 'train' : 'held-out',
      ...behaviour,
    }));
}
