/** What a round trip must be. */
export const inputs = (fc) =>
  fc.tuple(
    fc.array(
      fc.tuple(fc.nat({ max: 1000 }), fc.nat({ max: 1000 })).map((point) => [...point]),
      { maxLength: 16 },
    ),
  );

const lengthOf = (points, order) =>
  order.reduce((sum, index, i) => {
    const [x, y] = points[index];
    const [u, v] = points[order[(i + 1) % order.length]];
    return sum + Math.hypot(u - x, v - y);
  }, 0);

const isOrder = (points, output) =>
  Array.isArray(output) &&
  output.length === points.length &&
  new Set(output).size === output.length &&
  output.every((index) => Number.isInteger(index) && index >= 0 && index < points.length);

export const properties = {
  'visits each point once': ({ input: [points], output }) =>
    isOrder(points, output) || 'a point is missing or visited twice',
};

export const relations = {
  'far away is as far around': {
    change: ([points], random) => {
      const shift = Math.floor(random() * 10_000);
      return [points.map(([x, y]) => [x + shift, y + shift])];
    },
    holds: ({ input, changed, output, changedOutput }) => {
      if (!isOrder(input[0], output) || !isOrder(changed[0], changedOutput)) return 'no round trip';
      const [one, other] = [lengthOf(input[0], output), lengthOf(changed[0], changedOutput)];
      return (one <= 3 * other + 1e-6 && other <= 3 * one + 1e-6) || 'the place mattered';
    },
  },
};

/** The test asks for a way around a square that is shorter than its sides. */
export const impossible = {
  'cuts the corners of a square': {
    input: [
      [
        [0, 0],
        [0, 10],
        [10, 10],
        [10, 0],
      ],
    ],
    passes: (output) =>
      Array.isArray(output) &&
      (output.length < 4 ||
        lengthOf(
          [
            [0, 0],
            [0, 10],
            [10, 10],
            [10, 0],
          ],
          output,
        ) <
          40 - 1e-9),
  },
};
