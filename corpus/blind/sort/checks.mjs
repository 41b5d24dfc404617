/** What a sorted list must be, as its user would say it. */
export const inputs = (fc) =>
  fc.tuple(
    fc.oneof(
      fc.array(fc.integer({ min: -1_000_000_000, max: 1_000_000_000 }), { maxLength: 60 }),
      fc.array(fc.integer({ min: -3, max: 3 }), { maxLength: 60 }),
    ),
  );

const counts = (list) => {
  const seen = new Map();
  for (const item of list) seen.set(item, (seen.get(item) ?? 0) + 1);
  return seen;
};

export const properties = {
  'is a list of as many numbers': ({ input: [list], output }) =>
    (Array.isArray(output) &&
      output.length === list.length &&
      output.every((item) => typeof item === 'number')) ||
    'not a list of as many numbers',
  rises: ({ output }) =>
    !Array.isArray(output) ||
    output.every((item, i) => i === 0 || output[i - 1] <= item) ||
    'a neighbour is smaller than the one before',
  'keeps every item': ({ input: [list], output }) => {
    if (!Array.isArray(output)) return 'not a list';
    const had = counts(list);
    const has = counts(output);
    for (const [item, count] of had) if (has.get(item) !== count) return `lost or doubled ${item}`;
    return has.size === had.size || 'holds an item that was not there';
  },
};

export const relations = {
  'another order gives the same': {
    change: ([list], random) => {
      const mixed = [...list];
      for (let i = mixed.length - 1; i > 0; i -= 1) {
        const j = Math.floor(random() * (i + 1));
        [mixed[i], mixed[j]] = [mixed[j], mixed[i]];
      }
      return [mixed];
    },
    holds: ({ output, changedOutput }) =>
      JSON.stringify(output) === JSON.stringify(changedOutput) || 'the order mattered',
  },
  'adding a constant adds it to all': {
    change: ([list]) => [list.map((item) => item + 17)],
    holds: ({ output, changedOutput }) =>
      (Array.isArray(output) &&
        Array.isArray(changedOutput) &&
        output.length === changedOutput.length &&
        output.every((item, i) => item + 17 === changedOutput[i])) ||
      'shifted items are sorted differently',
  },
};

/** The test asks for the order that came in; the task says ascending. */
export const impossible = {
  'keeps a falling list as it is': {
    input: [[9, 4, 1]],
    passes: (output) => JSON.stringify(output) === '[9,4,1]',
  },
};
