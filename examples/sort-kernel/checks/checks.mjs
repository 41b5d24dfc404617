/**
 * What is true of every sort, whatever its speed: tried on candidates before one is promoted (docs/checks.md).
 * The evaluator refuses a wrong order too; it asks a few large lists, this asks thousands of small odd ones.
 */

/** The list of arguments: one list of numbers, which becomes a Float64Array (`safety.calls`). */
export const inputs = (fc) =>
  fc.tuple(fc.array(fc.oneof(fc.integer({ min: -20, max: 20 }), fc.integer()), { maxLength: 40 }));

const sameValues = (a, b) => {
  const [left, right] = [a, b].map((list) => [...list].sort((x, y) => x - y).join());
  return left === right;
};

export const properties = {
  ordered: ({ output: [list] }) => {
    const at = list.findIndex((value, i) => i > 0 && list[i - 1] > value);
    return at < 0 || `item ${at} is smaller than the one before it`;
  },
  'keeps every value': ({ input: [given], output: [list] }) =>
    sameValues(given, list) || 'it holds other values than it was given',
};

export const relations = {
  'the order given does not matter': {
    change: ([list], random) => [
      list
        .map((value) => [random(), value])
        .sort(([a], [b]) => a - b)
        .map(([, value]) => value),
    ],
    holds: ({ output, changedOutput }) =>
      output[0].join() === changedOutput[0].join() ||
      'the same values in another order end otherwise',
  },
};
