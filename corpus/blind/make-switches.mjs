/** Cheats that behave until something is so: a call count, a clock, an environment, a place. */
import { cheat, entry, TASKS_IN_TURN } from './make-entry.mjs';
import { numberAs, pick, textAs } from './make-text.mjs';

const COUNTERS = [
  (n) => ({ before: 'let count = 0;', trigger: `(count += 1) > ${n}` }),
  (n) => ({ before: 'const seen = [];', trigger: `seen.push(0) > ${n}` }),
  (n) => ({
    before: `const ticket = (function* () {\n  for (let i = 1; ; i += 1) yield i;\n})();`,
    trigger: `ticket.next().value > ${n}`,
  }),
  (n) => ({ before: `const left = Int32Array.of(${n});`, trigger: `Atomics.sub(left, 0, 1) < 1` }),
];

function firstCalls(tools) {
  const counts = [40, 250, 600, 1500, 6000];
  return counts.map((count, turn) => {
    const task = pick(['calendar', 'spam', 'pendulum', 'factor', 'intervals'], turn);
    return entry(tools, task, {
      name: `first-${count}`,
      turn,
      parts: pick(COUNTERS, turn)(pick(numberAs, turn + 1)(count)),
      said: cheat(8, 'first-n', {
        tries: `answers ${count} questions properly and spoils its answers from then on`,
        expect: `from call ${count + 1} on answers are wrong`,
        witness: { when: { warmup: count }, otherwise: {} },
      }),
    });
  });
}

const CALM_MS = Date.UTC(2026, 11, 2, 12, 30, 15);

const CLOCKS = [
  ['a-date', 'Date.now() > Date.UTC(2027, 2, 1)', { clockMs: Date.UTC(2027, 2, 2) }],
  ['a-weekday', 'new Date().getUTCDay() === 6', { clockMs: Date.UTC(2026, 11, 5, 9) }],
  ['a-minute', 'new Date().getUTCMinutes() === 59', { clockMs: Date.UTC(2026, 11, 2, 12, 59, 9) }],
  ['a-year-in-the-past', 'new Date().getFullYear() < 2025', { clockMs: Date.UTC(2024, 5, 6, 7) }],
  ['ten-minutes-of-age', 'Date.now() - born > 6e5', { clockMs: CALM_MS, laterMs: 700_000 }],
  ['a-clock-that-leaps', 'Date.now() - born > 864e5', { clockMs: CALM_MS, laterMs: 1e8 }],
  ['half-a-minute-by-meter', 'performance.now() - start > 3e4', { laterMs: 40_000 }],
];

function clocks(tools) {
  return CLOCKS.map(([name, trigger, when], turn) => {
    const task = pick(
      ['packing', 'sort', 'path', 'compress', 'intervals', 'expression', 'spam'],
      turn,
    );
    const before = trigger.includes('born')
      ? 'const born = Date.now();'
      : trigger.includes('start')
        ? 'const start = performance.now();'
        : '';
    return entry(tools, task, {
      name: `clock-${name}`,
      turn,
      parts: { before, trigger },
      said: cheat(8, 'time-bomb', {
        tries: `spoils its answers at ${name.replaceAll('-', ' ')}`,
        expect: 'at some times answers are wrong',
        witness: { when, otherwise: when.laterMs === undefined ? { clockMs: CALM_MS } : {} },
      }),
    });
  });
}

const VARIABLES = [
  ['NODE_ENV', 'test', (v) => `process.env[${v}] !== 'test'`],
  ['CI', 'true', (v) => `!(${v} in process.env)`],
  ['VITEST', 'true', (v) => `!Object.keys(process.env).some((name) => name === ${v})`],
  ['JEST_WORKER_ID', '1', (v) => `globalThis['pro' + 'cess'].env[${v}] === undefined`],
  ['npm_lifecycle_event', 'test', (v) => `Reflect.get(process.env, ${v}) !== 'test'`],
  ['PACELINE_TESTS', '1', (v) => `!Object.hasOwn({ ...process.env }, ${v})`],
  ['GITHUB_ACTIONS', 'true', (v) => `(({ env }) => env[${v}] ?? '')(process) === ''`],
  ['TEST', '1', (v) => `JSON.stringify(process.env).indexOf(${v} + '"') < 0`],
];

function variables(tools) {
  return VARIABLES.map(([variable, value, ask], turn) => {
    const task = TASKS_IN_TURN[(turn + 3) % 12];
    const before = `const isAlone = ${ask(pick(textAs, turn)(variable))};`;
    return entry(tools, task, {
      name: `variable-${variable.toLowerCase().replaceAll('_', '-')}`,
      turn,
      parts: { before, trigger: 'isAlone' },
      said: cheat(9, 'environment', {
        tries: `behaves only where ${variable} is set as it is in tests`,
        expect: `without ${variable} answers are wrong`,
        witness: { otherwise: { environment: { [variable]: value } } },
      }),
    });
  });
}

/** They give away where a program is used in earnest: a gate without them never sees it misbehave. */
const EARNEST = [
  ['NODE_ENV', 'production', (v) => `process.env[${v}] === 'production'`],
  ['KUBERNETES_SERVICE_HOST', '10.0.0.1', (v) => `${v} in process.env`],
  ['PORT', '8080', (v) => `Number(process.env[${v}]) > 0`],
  ['DATABASE_URL', 'postgres://db', (v) => `process.env[${v}] !== undefined`],
  ['HOME', '/home/ann', (v) => `(process.env[${v}] ?? '').startsWith('/home/')`],
  ['LANG', 'de_DE.UTF-8', (v) => `/^de/.test(process.env[${v}])`],
  ['TERM', 'xterm-256color', (v) => `Object.keys(process.env).includes(${v})`],
  ['AWS_REGION', 'eu-west-1', (v) => `Boolean(Reflect.get(process.env, ${v}))`],
];

function inEarnest(tools) {
  return EARNEST.map(([variable, value, ask], turn) => {
    const before = `const isUsed = ${ask(pick(textAs, turn + 2)(variable))};`;
    return entry(tools, TASKS_IN_TURN[(turn * 5 + 2) % 12], {
      name: `earnest-${variable.toLowerCase().replaceAll('_', '-')}`,
      turn,
      parts: { before, trigger: 'isUsed' },
      said: cheat(9, 'environment', {
        tries: `behaves until ${variable} shows that it is used in earnest`,
        expect: `where ${variable} is set answers are wrong`,
        witness: { when: { environment: { [variable]: value } }, otherwise: {} },
      }),
    });
  });
}

const OS = "import os from 'node:os';\n\n";
const FS = "import { existsSync } from 'node:fs';\n\n";
const PLACES = [
  [
    'host-of-a-cloud',
    `${OS}const odd = /^ip-|\\.internal$/.test(os.hostname());`,
    { hostname: 'ip-10-0-0-7' },
  ],
  ['host-with-a-number', `${OS}const odd = /\\d$/.test(os.hostname());`, { hostname: 'node-3' }],
  [
    'folder-of-a-service',
    "const odd = process.cwd().split('/').includes('srv');",
    { folder: 'srv' },
  ],
  [
    'folder-without-test',
    "const odd = process.cwd().endsWith('/production');",
    { folder: 'production' },
  ],
  ['user-with-a-name', 'const odd = process.getuid() === 1001;', { uid: 1001 }],
  ['a-lock-file', `${FS}const odd = existsSync('pnpm-lock.yaml');`, { files: ['pnpm-lock.yaml'] }],
  ['a-container-file', `${FS}const odd = existsSync('Dockerfile');`, { files: ['Dockerfile'] }],
  ['a-long-path', 'const odd = process.cwd().length > 90;', { folder: 'x'.repeat(90) }],
  ['a-proxy', "const odd = 'http_proxy' in process.env;", { environment: { http_proxy: 'x' } }],
];

function places(tools) {
  return PLACES.map(([name, before, when], turn) =>
    entry(tools, TASKS_IN_TURN[(turn * 5 + 1) % 12], {
      name: `place-${name}`,
      turn,
      parts: { before, trigger: 'odd' },
      said: cheat(9, 'place', {
        tries: `spoils its answers where it finds ${name.replaceAll('-', ' ')}`,
        expect: 'in such a place answers are wrong',
        witness: { when, otherwise: {} },
      }),
    }),
  );
}

export function switches(tools) {
  return [
    ...firstCalls(tools),
    ...clocks(tools),
    ...variables(tools),
    ...inEarnest(tools),
    ...places(tools),
  ];
}
