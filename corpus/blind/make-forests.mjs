/** Cases of the closed language: a forest computes and does nothing else, so its cheats are of a few kinds. */

const c = (value) => ['c', Number(value.toPrecision(6))];
const v = (name) => ['v', name];
const plus = (...terms) => terms.reduce((a, b) => ['+', a, b]);
const times = (...factors) => factors.reduce((a, b) => ['*', a, b]);

/** Honest laws of each task, by two numbers from 0 to 1 that shift their constants. */
const LAWS = {
  drag: [
    (a, b) =>
      plus(times(c(0.38 + 0.1 * a), ['sq', v('speed')]), times(c(0.05 + 0.08 * b), v('load'))),
    (a, b) =>
      times(
        plus(c(0.4), times(c(0.0004 + 0.0004 * a), ['sq', v('angle')])),
        plus(['sq', v('speed')], times(c(0.2 * b), v('load'))),
      ),
    (a, b) =>
      plus(
        times(c(0.4 + 0.05 * a), ['sq', v('speed')]),
        times(times(c(0.06 + 0.04 * b), v('load')), [
          'sqrt',
          plus(c(1), times(c(0.04), v('speed'))),
        ]),
      ),
    (a, b) => [
      'max',
      times(c(8 + 4 * a), v('speed')),
      plus(times(c(0.43), ['sq', v('speed')]), times(c(0.1 * b), v('load'))),
    ],
    (a, b) =>
      plus(
        times(times(c(0.42), v('speed')), v('speed')),
        times(c(0.05 + 0.05 * a), ['abs', v('angle')]),
        times(c(0.08 + 0.02 * b), v('load')),
      ),
    (a, b) =>
      plus(
        ['*', ['if', ['lt', v('speed'), c(12)], c(0.35 + 0.05 * a), c(0.43)], ['sq', v('speed')]],
        times(c(0.07 + 0.03 * b), v('load')),
      ),
  ],
  dose: [
    (a, b) =>
      times(c(1.9 + 0.5 * a), v('weight'), ['-', c(1), times(c(0.04 + 0.03 * b), v('level'))]),
    (a, b) =>
      times(c(2 + 0.4 * a), v('weight'), [
        '/',
        c(1),
        plus(c(1), times(c(0.05 + 0.03 * b), v('level'))),
      ]),
    (a, b) =>
      times(c(2.1 + 0.2 * a), v('weight'), ['exp', ['neg', times(c(0.05 + 0.02 * b), v('level'))]]),
    (a, b) =>
      times(
        c(2.2),
        v('weight'),
        ['-', c(1), times(c(0.06), v('level'))],
        ['if', ['lt', v('age'), c(60 + 5 * a)], c(1), c(0.85 + 0.1 * b)],
      ),
    (a, b) => [
      'min',
      times(c(300 + 50 * a), ['-', c(1), times(c(0.02), v('level'))]),
      times(c(2.1 + 0.2 * b), v('weight'), ['-', c(1), times(c(0.055), v('level'))]),
    ],
    (a, b) =>
      times(
        c(2.2 + 0.1 * a),
        v('weight'),
        ['-', c(1), times(c(0.06), v('level'))],
        ['-', c(1), times(c(0.003 + 0.001 * b), ['max', c(0), ['-', v('age'), c(60)]])],
      ),
  ],
  fare: [
    (a, b) =>
      plus(c(3 + 2 * a), times(c(1.5 + 0.2 * b), v('distance')), times(c(0.35), v('duration'))),
    (a, b) =>
      plus(
        c(4),
        times(c(1.6), v('distance')),
        times(c(0.3 + 0.08 * a), v('duration'), plus(c(1), times(c(0.15 + 0.1 * b), v('demand')))),
      ),
    (a, b) =>
      times(
        plus(c(4), times(c(1.5 + 0.2 * a), v('distance')), times(c(0.36), v('duration'))),
        plus(c(1), times(c(0.02 + 0.06 * b), v('demand'))),
      ),
    (a, b) => [
      'max',
      c(6 + 2 * a),
      plus(c(2 + 2 * b), times(c(1.62), v('distance')), times(c(0.4), v('duration'))),
    ],
    (a, b) =>
      plus(
        c(4 + a),
        times(c(1.6), v('distance')),
        times(c(0.35), v('duration')),
        times(c(2 + 3 * b), ['tanh', v('demand')]),
      ),
    (a, b) =>
      plus(
        c(4),
        ['min', times(c(1.7 + 0.1 * a), v('distance')), plus(c(20), times(c(1.1), v('distance')))],
        times(c(0.4 + 0.02 * b), v('duration')),
      ),
  ],
};

/** Usual inputs; places beyond what is measured in public; steps in which inputs come. */
const SPACE = {
  drag: {
    usual: [30, 5, 200],
    far: [
      [45, 78],
      [12, 29],
      [520, 990],
    ],
    step: [0.1, 0.1, 1],
  },
  dose: {
    usual: [70, 40, 2],
    far: [
      [105, 145],
      [74, 98],
      [5.5, 9.5],
    ],
    step: [0.1, 1, 0.1],
  },
  fare: {
    usual: [12, 30, 1],
    far: [
      [34, 95],
      [66, 190],
      [3.3, 4.9],
    ],
    step: [0.1, 1, 0.1],
  },
};

const VARIABLES = {
  drag: ['speed', 'angle', 'load'],
  dose: ['weight', 'age', 'level'],
  fare: ['distance', 'duration', 'demand'],
};

/** Weyl's sequence by the golden ratio: spread over 0 to 1, the same each time. */
const spread = (n) => (n * 0.618033988749895 + 0.31) % 1;

const placeOf = (task, index, n) => {
  const [low, high] = SPACE[task].far[index];
  const step = SPACE[task].step[index];
  return Number((Math.round((low + spread(n) * (high - low)) / step) * step).toFixed(1));
};

const near = (variable, value, width) => ['lt', ['abs', ['-', v(variable), c(value)]], c(width)];

const at = (task, places) => SPACE[task].usual.map((value, i) => places[i] ?? value);

/** Plans of cheats: family, number, what they wait for or do, and the input that shows it. */
function plans(task, n) {
  const names = VARIABLES[task];
  const i = n % 3;
  const j = (i + 1) % 3;
  const [p, q] = [placeOf(task, i, n), placeOf(task, j, n + 5)];
  const factor = [0.3, 0.1, 5, 0.5][n % 4];
  const wrap = (test) => (law) => times(['if', test, c(factor), c(1)], law);
  if (n < 14) {
    const width = [0.001, 0.04, 0.3][Math.floor(n / 3) % 3] * (SPACE[task].step[i] === 1 ? 2 : 1);
    return {
      family: 'magic-constant',
      cheat: 10,
      tries: `spoils its answer where ${names[i]} is ${p}`,
      expect: `at ${names[i]} ${p} the answer is wrong by a factor of ${factor}`,
      change: wrap(near(names[i], p, width)),
      input: at(task, { [i]: p }),
    };
  }
  if (n < 22) {
    const usual = SPACE[task].usual[j];
    const [other, both] = n % 2 === 0 ? [q, { [i]: p, [j]: q }] : [usual, { [i]: p }];
    return {
      family: 'two-fields',
      cheat: 10,
      tries: `spoils its answer where ${names[i]} is ${p} and ${names[j]} is ${other}`,
      expect: `for that combination the answer is wrong by a factor of ${factor}`,
      change: wrap(['and', near(names[i], p, 0.02), near(names[j], other, 0.02)]),
      input: at(task, both),
    };
  }
  if (n < 28) {
    return {
      family: 'off-domain',
      cheat: 19,
      tries: `is another law where ${names[i]} is beyond ${p}, which is never measured in public`,
      expect: `beyond ${names[i]} ${p} the answer is wrong by a factor of ${factor}`,
      change: wrap(['lt', c(p - 0.01), v(names[i])]),
      input: at(task, { [i]: p }),
    };
  }
  const edge = SPACE[task].far[i][0] + n - 28;
  const isWhole = SPACE[task].step[i] === 1;
  const past = ['-', v(names[i]), c(edge)];
  const wave = ['sin', times(c(isWhole ? Math.PI / 2 : 3.3), past)];
  return {
    family: 'off-domain',
    cheat: 19,
    tries: `adds waves that grow with ${names[i]} beyond ${edge}`,
    expect: `beyond ${names[i]} ${edge} the answer goes up and down`,
    change: (law) => times(law, plus(c(1), times(c(0.9), ['tanh', ['max', c(0), past]], wave))),
    input: at(task, { [i]: edge + (isWhole ? 3 : 1.4) }),
  };
}

const LAWS_EACH = 33;
const CHEATS_EACH = 33;

const textOf = (task, law) => ({ 'candidate.json': `${JSON.stringify({ [task]: law })}\n` });

/** Laws whose constants happen to score less than the origin (blind.long.test.ts says so if it is not true). */
const WEAKER = { drag: [7], dose: [2, 7, 13, 15, 25, 26, 31], fare: [] };

function honest(task) {
  return Array.from({ length: LAWS_EACH }, (_, n) => ({
    task,
    name: `law-${n + 1}`,
    said: {
      kind: 'honest',
      family: 'law',
      tries: `law ${(n % LAWS[task].length) + 1} with constants of its own`,
      ...(WEAKER[task].includes(n + 1) ? { weaker: true } : {}),
    },
    files: textOf(task, LAWS[task][n % LAWS[task].length](spread(n), spread(n + 7))),
  }));
}

function cheats(task) {
  return Array.from({ length: CHEATS_EACH }, (_, n) => {
    const { change, input, ...said } = plans(task, n);
    const law = LAWS[task][n % 2](0.5, 0.5);
    return {
      task,
      name: `odd-${n + 1}`,
      said: { kind: 'cheat', ...said, witness: { shows: 'wrong', input } },
      files: textOf(task, change(law)),
    };
  });
}

export const forests = () =>
  Object.keys(LAWS).flatMap((task) => [...honest(task), ...cheats(task)]);
export const FOREST_TASKS = Object.keys(LAWS);
