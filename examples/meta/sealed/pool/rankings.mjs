/** Scores of contestants, or one contestant's scores over time. */
import {
  count,
  descending,
  distinct,
  largestIndex,
  mean,
  smallestIndex,
  sum,
} from '../arithmetic.mjs';

const rank = (x, list) => 1 + count(list, (other) => other > x);

export const simple = {
  competitionRanks: (list) => list.map((x) => rank(x, list)),
  bestK: (list, k) => descending(list).slice(0, k),
  winnerIndex: (list) => largestIndex(list),
  leaguePoints: (list) => sum(list.map((x) => (x > 0 ? 3 : x === 0 ? 1 : 0))),
};

export const medium = {
  denseRanks: (list) => list.map((x) => rank(x, distinct(list))),
  personalBests: (list) => list.filter((x, i) => i === 0 || x > Math.max(...list.slice(0, i))),
  marginOfVictory: (list) => {
    const [first, second] = descending(list);
    return first - second;
  },
};

export const composed = {
  /** In each of k rounds the lowest goes, the earlier one of equals. */
  survivors: (list, k) => {
    let left = list;
    for (let round = 0; round < k; round++) left = left.toSpliced(smallestIndex(left), 1);
    return left;
  },
  /** Elo-like: a win over the mean so far gains k, anything else loses one. */
  ratingAfterSeason: (list, k) =>
    sum(list.map((x, i) => (i > 0 && x > mean(list.slice(0, i)) ? k : -1))),
  leadChanges: (list) => {
    const leaders = list.map((_, i) => largestIndex(list.slice(0, i + 1)));
    return distinct(leaders).length - 1;
  },
};
