/**
 * Functions "reducer of transform of selection", drawn by seed. Some pairs of a selection and a transform are
 * kept for the held-out half alone: whoever solves those combines what he has never seen combined.
 */
import { behaviourOf, held, isUsable, keyOf } from '../behaviour.mjs';
import { randomOf } from '../random.mjs';
import { ALL, IDENTITY, LIST, REDUCERS, SELECTIONS, TRANSFORMS } from './functions.mjs';

export const TRAIN = 260;
export const HELD_OUT = 140;
export const RESERVED_SHARE = 0.33;

const ALL_CHANCE = 0.3;
const IDENTITY_CHANCE = 0.35;
const LIST_CHANCE = 0.15;

/** 400 functions need some 1,500 draws; this many mean that the inputs hardly tell functions apart. */
const MOST_DRAWS = 100_000;

const ALL_LISTS = SELECTIONS.find(({ name }) => name === ALL);
const UNCHANGED = TRANSFORMS.find(({ name }) => name === IDENTITY);
const GIVE_LIST = REDUCERS.find(({ name }) => name === LIST);
const TRUE_SELECTIONS = SELECTIONS.filter((one) => one !== ALL_LISTS);
const TRUE_TRANSFORMS = TRANSFORMS.filter((one) => one !== UNCHANGED);
const TRUE_REDUCERS = REDUCERS.filter((one) => one !== GIVE_LIST);

/** @param {import('../random.mjs').Random} random @param {number} allChance of the selection that keeps all */
export function drawSelection(random, allChance = ALL_CHANCE) {
  return random.unit() < allChance ? ALL_LISTS : random.pick(TRUE_SELECTIONS);
}

export function drawTransform(random, identityChance = IDENTITY_CHANCE) {
  return random.unit() < identityChance ? UNCHANGED : random.pick(TRUE_TRANSFORMS);
}

export function drawReducer(random) {
  return random.unit() < LIST_CHANCE ? GIVE_LIST : random.pick(TRUE_REDUCERS);
}

export const cellOf = (selection, transform) => `${selection.name}/${transform.name}`;

/** A third of the cells in which both parts do something, by seed; the same for every set made with that seed. */
export function reservedCells(seed) {
  const cells = TRUE_SELECTIONS.flatMap((selection) =>
    TRUE_TRANSFORMS.map((transform) => cellOf(selection, transform)),
  );
  const order = randomOf(seed, 'reserved cells').shuffled(cells);
  return new Set(order.slice(0, Math.round(RESERVED_SHARE * cells.length)));
}

/**
 * One part after another, each within the limits of the language.
 *
 * @param {readonly import('./functions.mjs').Part[]} parts the first is applied first
 */
export function chain(parts) {
  return (list, k) =>
    parts.reduce((value, { of }) => (value === null ? null : held(of(value, k))), list);
}

/**
 * Draws until both halves are full. A draw that is no task, or does what an earlier one does, is dropped.
 *
 * @param {object} wanted
 * @param {import('../inputs.mjs').Inputs} wanted.inputs
 * @param {() => { name: string, cell: string, split: 'train' | 'held-out', parts: readonly import('./functions.mjs').Part[] } | undefined} wanted.draw
 * @param {{ train: number, 'held-out': number }} wanted.sizes
 * @param {string} wanted.family
 */
export function fillHalves({ inputs, draw, sizes, family }) {
  const halves = { train: [], 'held-out': [] };
  const seen = new Set();
  const isFull = (split) => halves[split].length >= sizes[split];
  for (let draws = 0; !isFull('train') || !isFull('held-out'); draws += 1) {
    if (draws > MOST_DRAWS)
      throw new Error(`${MOST_DRAWS} draws did not give ${family} tasks enough; use another seed.`);
    const drawn = draw();
    if (drawn === undefined || isFull(drawn.split)) continue;
    const { name, cell, split, parts } = drawn;
    const behaviour = behaviourOf(chain(parts), inputs);
    const key = keyOf(behaviour);
    if (!isUsable(behaviour) || seen.has(key)) continue;
    seen.add(key);
    halves[split].push({ name: `${family}/${name}`, family, cell, split, ...behaviour });
  }
  return [...halves.train, ...halves['held-out']];
}

/**
 * @param {number} seed of cells and draws
 * @param {import('../inputs.mjs').Inputs} inputs
 */
export function generatedTasks(seed, inputs) {
  const reserved = reservedCells(seed);
  const random = randomOf(seed, 'generated functions');
  const draw = () => {
    const selection = drawSelection(random);
    const transform = drawTransform(random);
    const reducer = drawReducer(random);
    const cell = cellOf(selection, transform);
    return {
      name: `${reducer.name}-of-${transform.name}-of-${selection.name}`,
      cell,
      split: reserved.has(cell) ? 'held-out' : 'train',
      parts: [selection, transform, reducer],
    };
  };
  const sizes = { train: TRAIN, 'held-out': HELD_OUT };
  return fillHalves({ inputs, draw, sizes, family: 'generated' });
}
