/** Moves, rolls, hands and lives. */
import { clamp, count, floorDiv, largest, mod, runningSums, scan, sum } from '../arithmetic.mjs';

export const simple = {
  diceFaces: (list) => list.map((x) => 1 + mod(x, 6)),
  bonusForEveryTurn: (list, k) => sum(list) + k * list.length,
  cardsOfSuitK: (list, k) => count(list, (x) => mod(x, 4) === k),
};

export const medium = {
  squaresVisited: (list) => runningSums(list).map((place) => mod(place, 10)),
  highestReached: (list) => Math.max(0, largest(runningSums(list))),
  lossesHalved: (list) => sum(list.map((x) => (x < 0 ? floorDiv(x, 2) : x))),
};

export const composed = {
  /** A hit counts as often as it is in a row of hits; a miss ends the row. */
  comboScore: (list) => {
    let row = 0;
    return sum(
      list.map((x) => {
        row = x > 0 ? row + 1 : 0;
        return Math.max(0, x) * row;
      }),
    );
  },
  /** A turn after one of at least 4 + k counts double. */
  spareBonusScore: (list, k) =>
    sum(list.map((x, i) => (i > 0 && list[i - 1] >= 4 + k ? 2 * x : x))),
  /** Ten at the start, never more than ten; once at zero it stays there. */
  healthAfterHits: (list) =>
    scan(list, (health, x) => (health === 0 ? 0 : clamp(health + x, 0, 10)), 10),
};
