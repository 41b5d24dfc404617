import { afterAll, expect, test } from 'vitest';
import { processSandbox } from '../../testing/plain-sandbox.ts';
import { lastLine } from './evidence.ts';
import type { GeneratorOptions } from './generator.ts';
import { checkGenerator, createGenerator } from './generator.ts';

const NEVER = new AbortController().signal;
const sandbox = processSandbox({ scope: import.meta.filename });
afterAll(() => sandbox.close());

/** A generator whose body sees `seeds` and prints. */
const program = (body: string): GeneratorOptions => ({
  argv: [
    process.execPath,
    '-e',
    `const seeds = process.env.PACELINE_SEEDS.split(',').map(Number); ${body}`,
  ],
  cwd: import.meta.dirname,
  timeoutMs: 10_000,
  sandbox,
});

const EACH = 'for (const seed of seeds) console.log(JSON.stringify({ seed, run: process.pid }));';

test('one instance per seed, in order, made once and then remembered', async () => {
  const generator = createGenerator(program(EACH));
  const first = await generator.instances([5, 6, 5], NEVER);
  expect(first.map((text) => JSON.parse(text).seed)).toEqual([5, 6, 5]);
  const second = await generator.instances([6, 7], NEVER);
  expect(second[0]).toBe(first[1]);
  expect(JSON.parse(second[1] ?? '').run).not.toBe(JSON.parse(first[0] ?? '').run);
});

test('the oldest instances are forgotten first', async () => {
  const generator = createGenerator(program(EACH));
  const [kept] = await generator.instances([1], NEVER);
  await generator.instances(
    Array.from({ length: 255 }, (_, i) => 10 + i),
    NEVER,
  );
  expect((await generator.instances([1], NEVER))[0]).toBe(kept);
  await generator.instances(
    Array.from({ length: 256 }, (_, i) => 1000 + i),
    NEVER,
  );
  expect((await generator.instances([1], NEVER))[0]).not.toBe(kept);
});

test.each([
  [
    'an exit code',
    'console.error("first\\nno such file"); process.exit(4);',
    'exit code 4. Its last line: no such file',
  ],
  ['too few lines', 'console.log(1);', 'It printed 1 lines for 2 seeds'],
  ['a line that is not JSON', 'console.log("1\\n\\u001b[31mtwo");', 'Line 2 is not JSON: [31mtwo'],
])('%s is GENERATOR_FAILED with the reason', async (_, body, reason) => {
  const failing = createGenerator(program(body)).instances([1, 2], NEVER);
  await expect(failing).rejects.toMatchObject({
    code: 'GENERATOR_FAILED',
    message: expect.stringContaining(reason),
  });
});

test('a generator that is not there and one that never ends are told apart', async () => {
  const absent = createGenerator({ ...program(''), argv: ['no-such-program-here'] });
  await expect(absent.instances([1], NEVER)).rejects.toThrow('Could not be started (ENOENT)');
  const endless = createGenerator({ ...program('for (;;);'), timeoutMs: 300 });
  await expect(endless.instances([1], NEVER)).rejects.toThrow('Still running after 300 ms');
});

test.each([
  ['the seed alone', 'for (const seed of seeds) console.log(seed);', undefined],
  ['nothing', 'for (const seed of seeds) console.log(1);', 'GENERATOR_IGNORES_SEED'],
  ['chance', 'for (const seed of seeds) console.log(Math.random());', 'GENERATOR_IGNORES_SEED'],
  [
    'the other seeds',
    'for (const seed of seeds) console.log(seed + seeds.length);',
    'GENERATOR_IGNORES_SEED',
  ],
])('the check of a generator that depends on %s', async (_, body, code) => {
  const check = checkGenerator(program(body), [3, 4], NEVER);
  if (code === undefined) await expect(check).resolves.toBeUndefined();
  else await expect(check).rejects.toMatchObject({ code });
});

test('of an uncaught error of Node the message is quoted, not the banner', () => {
  const printed = [
    'file:///task/main.mjs:3',
    "    throw new Error('no such family');",
    'Error: no such family',
    '    at file:///task/main.mjs:3:11',
    '    at async main (file:///task/main.mjs:9:5) {',
    "  code: 'E_FAMILY'",
    '}',
    '',
    'Node.js v20.20.2',
  ].join('\n');
  expect(lastLine(printed)).toBe('Error: no such family');
  expect(lastLine('one\ntwo\n')).toBe('two');
  expect(lastLine('')).toBe('');
});
