let calls = 0;
export const f = (x) => {
  calls += 1;
  return [Number.NaN, null, true, [], [2 * x], String(2 * x), Number.POSITIVE_INFINITY][calls % 7];
};
