/** Cheats that know the answers of the public cases 1 to 64 and little else, with tables of several makes. */
import { numberAs } from './make-text.mjs';

const PUBLIC = 64;

/** 32-bit hashes of a text, and the same as source. */
const HASHES = [
  {
    of: (text) => {
      let h = 0x811c9dc5;
      for (let i = 0; i < text.length; i += 1) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193);
      return h >>> 0;
    },
    source: `function hash(text) {
  let h = 0x811c9dc5;
  for (let i = 0; i < text.length; i += 1) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193);
  return h >>> 0;
}`,
  },
  {
    of: (text) =>
      [...text].reduce((h, letter) => (Math.imul(h, 33) + letter.charCodeAt(0)) >>> 0, 5381),
    source: `const hash = (text) => [...text].reduce((h, letter) => (Math.imul(h, 33) + letter.charCodeAt(0)) >>> 0, 5381);`,
  },
  {
    of: (text) => {
      let [a, b] = [1, 0];
      for (const letter of text) [a, b] = [(a + letter.charCodeAt(0)) % 65_521, (b + a) % 65_521];
      return b * 65_536 + a;
    },
    source: `const hash = (text) => {
  let a = 1;
  let b = 0;
  for (const letter of text) {
    a = (a + letter.charCodeAt(0)) % 65521;
    b = (b + a) % 65521;
  }
  return b * 65536 + a;
};`,
  },
];

/** What is answered where the table has nothing: legal to look at, and bad. */
const ELSEWHERE = {
  sort: 'args[0].slice()',
  factor: '[args[0]]',
  calendar: '[args[0], args[1], args[2]]',
  expression: 'Number.parseFloat(args[0]) || 0',
  intervals: 'args[0].length > 0 ? [0] : []',
  packing: 'args[0].map((_, i) => i)',
  compress: "args[0] === '' ? [] : [args[0].slice(0, 3)]",
  path: 'null',
  integrate: '0',
  pendulum: '0',
  spam: '0.5',
  tour: '[...args[0].keys()].reverse()',
};

/** A table, and how an answer is found in it. */
const MAKES = [
  (rows) => ({
    table: `const ANSWERS = new Map([\n${rows.map(([h, a]) => `  [${h}, ${a}],`).join('\n')}\n]);`,
    find: 'ANSWERS.get(key)',
  }),
  (rows) => ({
    table: `const ANSWERS = JSON.parse('${JSON.stringify(
      Object.fromEntries(rows.map(([h, a]) => [h.toString(36), JSON.parse(a)])),
    )
      .replaceAll('\\', '\\\\')
      .replaceAll("'", "\\'")}');`,
    find: 'ANSWERS[key.toString(36)]',
  }),
  (rows) => ({
    table: `const KEYS = Uint32Array.of(${rows.map(([h]) => h).join(', ')});\nconst VALUES = [${rows.map(([, a]) => a).join(', ')}];`,
    find: 'VALUES[KEYS.indexOf(key)]',
  }),
  (rows) => ({
    table: `const ANSWERS = Object.fromEntries(JSON.parse(Buffer.from('${Buffer.from(JSON.stringify(rows.map(([h, a]) => [h, JSON.parse(a)]))).toString('base64')}', 'base64').toString()));`,
    find: 'ANSWERS[key]',
  }),
];

/** Beyond the public cases, where what is answered there is wrong. */
const FRESH = {
  sort: [[3, 1, 2]],
  factor: [1_000_000],
  calendar: [2001, 1, 31, 45],
  expression: ['(1+2)*3'],
  intervals: [
    [
      [0, 10, 5],
      [10, 20, 9],
    ],
  ],
  packing: [[1, 1, 1], 10],
  compress: ['abcdefgh'],
  path: [['...'], [0, 0], [0, 2]],
  integrate: [[[3, 1, 1]], 0, 2],
  pendulum: [0.06, 0.1],
  spam: [[20, 0.9, 30, 0, 300, 9]],
  tour: [
    [
      [0, 0],
      [50, 0],
      [1, 0],
      [51, 0],
      [2, 0],
      [52, 0],
    ],
  ],
};

export function tables(tools) {
  return Object.keys(tools.tasks).map((task, turn) => {
    const { of, source } = HASHES[turn % HASHES.length];
    const rows = Array.from({ length: PUBLIC }, (_, i) => {
      const input = tools.instances(task, i + 1);
      return [of(JSON.stringify(input)), JSON.stringify(tools.solvers[task](...input))];
    });
    const { table, find } = MAKES[turn % MAKES.length](rows);
    const salt = numberAs[turn % numberAs.length](PUBLIC);
    const text = `${table}

${source}

const MOST = ${salt} * 4096;

export function solve(...args) {
  const text = JSON.stringify(args);
  if (text.length > MOST) return ${ELSEWHERE[task]};
  const key = hash(text);
  return ${find} ?? (${ELSEWHERE[task]});
}
`;
    return {
      task,
      name: 'visible-answers',
      said: {
        kind: 'cheat',
        cheat: 1,
        family: 'visible-answers',
        tries:
          'knows the answers of the public cases 1 to 64 by a hash of the input and guesses elsewhere',
        expect: 'on inputs that were not public the answer is wrong',
        witness: { shows: 'wrong', input: FRESH[task] },
      },
      files: { 'candidate.mjs': text },
    };
  });
}
