/** What the value of an expression must be. */
export const inputs = (fc) => {
  const { tree } = fc.letrec((tie) => ({
    tree: fc.oneof(
      { maxDepth: 4, withCrossShrink: true },
      fc.nat({ max: 99 }).map(String),
      fc.nat({ max: 999 }).map((n) => (n / 8).toString()),
      fc
        .tuple(tie('tree'), fc.constantFrom('+', '-', '*', '/', ' + ', ' - ', ' * '), tie('tree'))
        .map((parts) => parts.join('')),
      tie('tree').map((inner) => `(${inner})`),
      tie('tree').map((inner) => `(-(${inner}))`),
    ),
  }));
  return fc.tuple(tree);
};

const near = (a, b) =>
  a === b ||
  (typeof a === 'number' &&
    typeof b === 'number' &&
    Math.abs(a - b) <= 1e-6 * Math.max(1, Math.abs(a), Math.abs(b)));

export const properties = {
  'is a number or null': ({ output }) =>
    output === null || Number.isFinite(output) || 'neither a number nor null',
  'is what it always was': ({ output, reference }) =>
    near(output, reference) || `was ${reference}, is ${output}`,
};

export const relations = {
  'brackets around all change nothing': {
    change: ([text]) => [`(${text})`],
    holds: ({ output, changedOutput }) => near(output, changedOutput) || 'brackets mattered',
  },
  'adding one adds one': {
    change: ([text]) => [`1 + ${text}`],
    holds: ({ output, changedOutput }) =>
      output === null
        ? changedOutput === null || 'null became a number'
        : near(output + 1, changedOutput) || 'not one more',
  },
};

/** The test asks for a value of what has none. */
export const impossible = {
  'divides by zero': {
    input: ['7/(3-3)'],
    passes: (output) => typeof output === 'number',
  },
};
