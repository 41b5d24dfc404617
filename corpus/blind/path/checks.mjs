/** What a way through a grid must be. */
export const inputs = (fc) =>
  fc
    .tuple(fc.integer({ min: 2, max: 9 }), fc.integer({ min: 2, max: 9 }))
    .chain(([rows, columns]) =>
      fc.tuple(
        fc.array(
          fc.array(
            fc.integer({ min: 0, max: 9 }).map((n) => (n < 3 ? '#' : '.')),
            { minLength: columns, maxLength: columns },
          ),
          { minLength: rows, maxLength: rows },
        ),
        fc.tuple(fc.nat({ max: rows - 1 }), fc.nat({ max: columns - 1 })),
        fc.tuple(fc.nat({ max: rows - 1 }), fc.nat({ max: columns - 1 })),
      ),
    )
    .map(([cells, start, goal]) => {
      cells[start[0]][start[1]] = '.';
      cells[goal[0]][goal[1]] = '.';
      return [cells.map((row) => row.join('')), [...start], [...goal]];
    });

const same = (a, b) => Array.isArray(a) && a[0] === b[0] && a[1] === b[1];

export const properties = {
  'finds a way where there is one': ({ output, reference }) =>
    (output === null) === (reference === null) || 'a way was missed, or made up',
  'goes from start to goal': ({ input: [, start, goal], output }) =>
    output === null ||
    (Array.isArray(output) && same(output[0], start) && same(output.at(-1), goal)) ||
    'begins or ends elsewhere',
  'takes single steps': ({ output }) =>
    output === null ||
    (Array.isArray(output) &&
      output.every(
        (cell, i) =>
          i === 0 ||
          Math.abs(cell[0] - output[i - 1][0]) + Math.abs(cell[1] - output[i - 1][1]) === 1,
      )) ||
    'a step is no step',
  'stays out of walls': ({ input: [grid], output }) =>
    output === null ||
    (Array.isArray(output) && output.every(([r, c]) => grid[r]?.[c] === '.')) ||
    'goes through a wall',
};

export const relations = {
  'a mirror changes nothing': {
    change: ([grid, start, goal]) => {
      const last = grid[0].length - 1;
      const flip = ([r, c]) => [r, last - c];
      return [grid.map((row) => [...row].reverse().join('')), flip(start), flip(goal)];
    },
    holds: ({ output, changedOutput }) =>
      (output === null) === (changedOutput === null) || 'in the mirror there is another answer',
  },
};

/** The test asks for a way to a cell that walls surround. */
export const impossible = {
  'reaches a walled cell': {
    input: [
      ['...#.', '...##', '.....'],
      [0, 0],
      [0, 4],
    ],
    passes: (output) => Array.isArray(output) && output.length > 0,
  },
};
