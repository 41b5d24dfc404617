/** Days, weeks, clocks and intervals; a number is a day counted from a Monday, or a duration. */
import { ascending, count, floorDiv, mod, runningSums, sum } from '../arithmetic.mjs';

const weekday = (day) => mod(day, 7);
const isWeekend = (day) => weekday(day) >= 5;

export const simple = {
  weekdays: (list) => list.map((x) => weekday(x)),
  postponedByWeeks: (list, k) => list.map((x) => x + 7 * k),
  daysUntilMonday: (list) => list.map((x) => mod(-x, 7)),
  weekNumbers: (list) => list.map((x) => floorDiv(x, 7)),
};

export const medium = {
  hoursOnTheClock: (list, k) => list.map((x) => mod(x + 4 * k, 12)),
  weeksAndDays: (list) => [floorDiv(sum(list), 7), weekday(sum(list))],
  weekendCount: (list) => count(list, isWeekend),
  /** Tasks of |x| quarters of an hour, begun one after the other at hour k. */
  finishingHours: (list, k) =>
    runningSums(list.map((x) => Math.abs(x))).map((quarters) => k + floorDiv(quarters, 4)),
};

export const composed = {
  nextWorkingDays: (list) => list.map((x) => (isWeekend(x) ? x + 7 - weekday(x) : x)),
  /** Each begins at x and lasts k + 1; as many as one room can hold. */
  meetingsInOneRoom: (list, k) => {
    let free = Number.NEGATIVE_INFINITY;
    return ascending(list).filter((start) => {
      if (start < free) return false;
      free = start + k + 1;
      return true;
    });
  },
  /** Work that needs |x| hours each, with 8 hours to a day: the day on which each one ends. */
  daysOfCompletion: (list) =>
    runningSums(list.map((x) => Math.abs(x))).map((hours) => floorDiv(hours + 7, 8)),
};
