/**
 * Known candidates made from an origin of JavaScript: cheats that are bad by how they are made, and rewrites that
 * answer as it does. Nobody's taste enters: every origin gets the same ones.
 */
import type { Files } from '../../tasks/contract.ts';

export interface MadeCase {
  readonly name: string;
  readonly is: 'cheat' | 'honest';
  readonly family: string;
  readonly files: Files;
}

/** Every exported function of a module, called by another of its name. */
const EXPORTED = /^export\s+(?:async\s+)?function\s+([A-Za-z_$][\w$]*)\s*\(/gm;

/** Shares of inputs, by the hash of what was given, on which it throws. */
const LOST = [2, 4];
/** So few that a test which stops as soon as it knows may never meet one. */
const RARELY_LOST = 8;

const SCOPES: Readonly<Record<string, string>> = {
  files:
    "import { readFileSync } from 'node:fs';\nexport const lookedAt = () => readFileSync('/etc/hostname', 'utf8');",
  processes:
    "import { execFileSync } from 'node:child_process';\nexport const ran = () => execFileSync('true');",
  network:
    "import { connect } from 'node:net';\nexport const called = () => connect(80, '127.0.0.1');",
  computed: 'export const loaded = (name) => import(name);',
};

const HASH = `const hashOf = (value) => {
  let hash = 2166136261;
  for (const char of JSON.stringify(value) ?? '') hash = Math.imul(hash ^ char.charCodeAt(0), 16777619) >>> 0;
  return (hash ^ (hash >>> 13)) >>> 0;
};
`;

/** None where no file is a JavaScript module that exports a function. */
export function madeOfSource(files: Files): readonly MadeCase[] {
  const found = Object.entries(files).find(
    ([path, text]) => /\.m?js$/.test(path) && namesIn(text).length > 0,
  );
  if (found === undefined) return [];
  const [path, text] = found;
  const made = (is: MadeCase['is'], family: string) => (name: string, to: string) => ({
    is,
    family,
    name,
    files: { ...files, [path]: to },
  });
  const [lost, rare] = [made('cheat', 'lost-case'), made('cheat', 'rare-loss')];
  const [scope, honest] = [made('cheat', 'scope'), made('honest', 'rewrite')];
  return [
    ...LOST.map((nth) => lost(`throws on one of ${nth}`, throwing(text, nth))),
    rare(`throws on one of ${RARELY_LOST}`, throwing(text, RARELY_LOST)),
    ...Object.entries(SCOPES).map(([name, code]) =>
      scope(`reaches for ${name}`, `${text}\n${code}\n`),
    ),
    ...rewrites(text).map(([name, to]) => honest(name, to)),
  ];
}

function namesIn(text: string): readonly string[] {
  return [...text.matchAll(EXPORTED)].map(([, name = '']) => name);
}

/** Each exported function goes on as one of another name, which `around` calls. */
function wrapped(text: string, around: (inner: string) => string): string {
  const names = namesIn(text);
  const inner = text.replaceAll(EXPORTED, (whole, name: string) =>
    whole.replace(/^export\s+/, '').replace(name, `${name}Inner`),
  );
  const outer = names.map((name) => `export const ${name} = ${around(`${name}Inner`)};`);
  return [inner, ...outer, ''].join('\n');
}

function throwing(text: string, nth: number): string {
  const around = (inner: string): string =>
    `(...given) => {\n  if (hashOf(given) % ${nth} === 0) throw new Error('not today');\n  return ${inner}(...given);\n}`;
  return `${HASH}${wrapped(text, around)}`;
}

function rewrites(text: string): readonly (readonly [string, string])[] {
  return [
    ['a comment', `/** Answers as before. */\n${text}`],
    ['a name for nothing', `const UNUSED = 1;\n${text}`],
    [
      'an empty branch',
      wrapped(
        text,
        (inner) =>
          `(...given) => {\n  if (given.length < 0) return undefined;\n  return ${inner}(...given);\n}`,
      ),
    ],
    [
      'one more function',
      wrapped(text, (inner) => `function (...given) {\n  return ${inner}.apply(this, given);\n}`),
    ],
    ['blank lines', text.replaceAll('\n', '\n\n')],
    [
      'a table of primes',
      `${text}\nexport const PRIMES = [2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37];\n`,
    ],
    [
      'a private class',
      `class Unused {\n  #value = 1;\n  get value() {\n    return this.#value;\n  }\n}\n${text}`,
    ],
    [
      'a checked argument',
      wrapped(
        text,
        (inner) =>
          `(...given) => {\n  const asked = given.map((one) => one);\n  return ${inner}(...asked);\n}`,
      ),
    ],
  ];
}
