/** What a packing must be. */
export const inputs = (fc) =>
  fc
    .integer({ min: 10, max: 1000 })
    .chain((capacity) =>
      fc.tuple(
        fc.array(fc.integer({ min: 1, max: capacity }), { maxLength: 30 }),
        fc.constant(capacity),
      ),
    );

const binsOf = (output) => new Set(output).size;

export const properties = {
  'gives each item a bin': ({ input: [sizes], output }) =>
    (Array.isArray(output) &&
      output.length === sizes.length &&
      output.every((bin) => Number.isInteger(bin) && bin >= 0)) ||
    'an item has no bin',
  'is never over capacity': ({ input: [sizes, capacity], output }) => {
    if (!Array.isArray(output)) return 'not a list';
    const loads = new Map();
    output.forEach((bin, i) => loads.set(bin, (loads.get(bin) ?? 0) + (sizes[i] ?? 0)));
    return [...loads.values()].every((load) => load <= capacity) || 'a bin is over its capacity';
  },
};

export const relations = {
  'another unit changes nothing': {
    change: ([sizes, capacity]) => [sizes.map((size) => size * 10), capacity * 10],
    holds: ({ output, changedOutput }) =>
      binsOf(output) === binsOf(changedOutput) || 'the unit mattered',
  },
  'a full item takes one bin more': {
    change: ([sizes, capacity]) => [[...sizes, capacity], capacity],
    holds: ({ output, changedOutput }) =>
      binsOf(output) + 1 === binsOf(changedOutput) || 'not one bin more',
  },
};

/** The test asks for two bins where three items need one each. */
export const impossible = {
  'packs three halves and more into two bins': {
    input: [[6, 7, 8], 10],
    passes: (output) =>
      Array.isArray(output) && new Set(output.filter((bin) => bin >= 0)).size <= 2,
  },
};
