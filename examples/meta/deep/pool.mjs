/**
 * Deeper compositions of the generated pool's own parts: reducer of transform₂ of selection₂ of transform of
 * selection. Parts that change nothing are left out of the chain before its cells are read.
 */

import { ALL, IDENTITY } from '../generated/functions.mjs';
import {
  cellOf,
  drawReducer,
  drawSelection,
  drawTransform,
  fillHalves,
  reservedCells,
} from '../generated/pool.mjs';
import { randomOf } from '../random.mjs';

export const TRAIN = 390;
export const HELD_OUT = 210;

const SECOND_TRANSFORM_CHANCE = 0.6;
const SECOND_SELECTION_CHANCE = 0.3;

/**
 * Training has no reserved cell anywhere in its chains; what is held out has one somewhere. Cells and their
 * reserved third are those of the generated pool of the same seed.
 *
 * @param {number} seed
 * @param {import('../inputs.mjs').Inputs} inputs
 */
export function deepTasks(seed, inputs) {
  const reserved = reservedCells(seed);
  const random = randomOf(seed, 'deep functions');
  const draw = () => {
    const links = drawLinks(random);
    const reducer = drawReducer(random);
    const cells = cellsIn(links);
    const cell = cells.find((one) => reserved.has(one));
    return {
      name: [reducer, ...links.map(({ part }) => part).reverse()]
        .map(({ name }) => name)
        .join('-of-'),
      cell: cell ?? cells[0] ?? null,
      split: cell === undefined ? 'train' : 'held-out',
      parts: [...links.map(({ part }) => part), reducer],
    };
  };
  const sizes = { train: TRAIN, 'held-out': HELD_OUT };
  return fillHalves({ inputs, draw, sizes, family: 'deep' });
}

/** First to last, without what changes nothing. */
function drawLinks(random) {
  const selection = (allChance) => ({ kind: 'selection', part: drawSelection(random, allChance) });
  const transform = (chance) => ({ kind: 'transform', part: drawTransform(random, chance) });
  const links = [
    selection(),
    transform(),
    selection(1 - SECOND_SELECTION_CHANCE),
    transform(1 - SECOND_TRANSFORM_CHANCE),
  ];
  return links.filter(({ part }) => part.name !== ALL && part.name !== IDENTITY);
}

/** Every transform that follows a selection at once. */
function cellsIn(links) {
  return links.flatMap(({ kind, part }, at) => {
    const next = links[at + 1];
    return kind === 'selection' && next?.kind === 'transform' ? [cellOf(part, next.part)] : [];
  });
}
