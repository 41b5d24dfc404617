/** Functions written by hand as tasks: what repeats another task, or is none, is left out; the rest is halved. */
import { behaviourOf, isUsable, keyOf } from './behaviour.mjs';
import { randomOf } from './random.mjs';

/**
 * Those that are tasks on these inputs and do what none before them does, in the order they are written in.
 *
 * @param {object} pool
 * @param {string} pool.family
 * @param {readonly { name: string, of: (list: readonly number[], k: number) => unknown }[]} pool.functions
 * @param {import('./inputs.mjs').Inputs} pool.inputs
 * @param {readonly import('./behaviour.mjs').Behaviour[]} [pool.beside] tasks on the same inputs
 */
export function handwrittenTasks({ family, functions, inputs, beside = [] }) {
  const seen = new Set(beside.map(keyOf));
  return functions.flatMap(({ name, of }) => {
    const behaviour = behaviourOf(of, inputs);
    const key = keyOf(behaviour);
    if (!isUsable(behaviour) || seen.has(key)) return [];
    seen.add(key);
    return [{ name: `${family}/${name}`, family, cell: null, split: 'held-out', ...behaviour }];
  });
}

/** Half of them to training, drawn by seed; of an odd number the held-out half has one more. */
export function halved(seed, tasks) {
  const train = Math.floor(tasks.length / 2);
  return randomOf(seed, 'halves of what is written by hand')
    .shuffled(tasks)
    .map((task, at) => ({ ...task, split: at < train ? 'train' : 'held-out' }));
}
