/** What a product of polynomials must be, as a user would say it. */
export const inputs = (fc) => {
  const list = fc.array(fc.integer({ min: 0, max: 99 }), { minLength: 1, maxLength: 40 });
  return fc.tuple(list, list);
};

const isListFor = ([a, b], output) =>
  Array.isArray(output) &&
  output.length === a.length + b.length - 1 &&
  output.every((item) => Number.isInteger(item) && item >= 0);

const sum = (list) => list.reduce((all, item) => all + item, 0);

export const properties = {
  'is a list of whole numbers, of the right length': ({ input, output }) =>
    isListFor(input, output) || 'not a coefficient for each power',
  'is the product at 1': ({ input: [a, b], output }) =>
    (isListFor([a, b], output) && sum(output) === sum(a) * sum(b)) || 'another sum',
  'is what the definition gives': ({ output, reference }) =>
    JSON.stringify(output) === JSON.stringify(reference) || 'another coefficient',
};

export const relations = {
  'factors may change places': {
    change: ([a, b]) => [b, a],
    holds: ({ output, changedOutput }) =>
      JSON.stringify(output) === JSON.stringify(changedOutput) || 'the order mattered',
  },
};

/** The test wants degrees multiplied; the task adds them. */
export const impossible = {
  'a square of x is x': {
    input: [
      [0, 1],
      [0, 1],
    ],
    passes: (output) => JSON.stringify(output) === '[0,1]',
  },
};
