/** What the nearest other points must be, as a user would say it. */
export const inputs = (fc) => {
  const points = (max) =>
    fc.array(fc.tuple(fc.integer({ min: 0, max }), fc.integer({ min: 0, max })), {
      minLength: 2,
      maxLength: 40,
    });
  return fc.tuple(fc.oneof(points(10_000), points(6)));
};

const square = ([x, y], [u, v]) => (x - u) ** 2 + (y - v) ** 2;

const isListFor = (points, output) =>
  Array.isArray(output) &&
  output.length === points.length &&
  output.every((j, i) => Number.isInteger(j) && j >= 0 && j < points.length && j !== i);

export const properties = {
  'names another point for each': ({ input: [points], output }) =>
    isListFor(points, output) || 'not the index of another point for each point',
  'no other is nearer, and none that is as near comes first': ({ input: [points], output }) => {
    if (!isListFor(points, output)) return 'no indices';
    for (let i = 0; i < points.length; i += 1) {
      const best = square(points[i], points[output[i]]);
      for (let j = 0; j < points.length; j += 1) {
        const other = j === i ? Number.POSITIVE_INFINITY : square(points[i], points[j]);
        if (other < best || (other === best && j < output[i])) return `${j} suits ${i} better`;
      }
    }
    return true;
  },
};

export const relations = {
  'mirrored points have the same neighbours': {
    change: ([points]) => [points.map(([x, y]) => [y, 10_000 - x])],
    holds: ({ output, changedOutput }) =>
      JSON.stringify(output) === JSON.stringify(changedOutput) || 'neighbours changed',
  },
};

/** The test asks for points to be their own neighbours; the task says another. */
export const impossible = {
  'each is nearest to itself': {
    input: [
      [
        [0, 0],
        [5, 5],
      ],
    ],
    passes: (output) => JSON.stringify(output) === '[0,1]',
  },
};
