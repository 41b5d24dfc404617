import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, test } from 'vitest';

const COMMAND = fileURLToPath(new URL('main.mjs', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'bin-packing-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const WORST_FIT = `
export const priority = (item, slack) => slack;
export const openNew = () => 0;`;

interface Asked {
  readonly source?: string | undefined;
  readonly request?: string;
  readonly without?: string;
}

const CASES = JSON.stringify({
  nonce: 'f00d',
  params: { family: 'or3' },
  cases: [
    { index: 0, seed: 7 },
    { index: 1, seed: 4_294_967_295 },
  ],
});

/** Runs the command as paceline does; the answer comes from the descriptor, never from stdout. */
function evaluate({ source = WORST_FIT, request = CASES, without = '' }: Asked) {
  const candidate = mkdtempSync(join(folder, 'candidate-'));
  const instances = join(candidate, 'instances.json');
  if (source !== '') writeFileSync(join(candidate, 'priority.mjs'), source);
  writeFileSync(instances, request);
  const env: Record<string, string> = {
    PATH: process.env['PATH'] ?? '',
    PACELINE_CANDIDATE: candidate,
    PACELINE_SEED: '7',
    PACELINE_INSTANCES: instances,
    PACELINE_RESULT_FD: '3',
  };
  delete env[without];
  const stdio = ['ignore', 'pipe', 'pipe', 'pipe'] as const;
  const { status, stdout, stderr, output } = spawnSync(process.execPath, [COMMAND], {
    env,
    stdio: [...stdio],
    encoding: 'utf8',
  });
  return { status, stdout, stderr, answer: output[3] ?? '' };
}

test('one line per case, under the nonce, on the descriptor only', () => {
  const { status, stdout, stderr, answer } = evaluate({});
  expect({ status, stdout, stderr }).toEqual({ status: 0, stdout: '', stderr: '' });
  const lines = answer
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
  expect(lines.map(({ nonce, index }) => [nonce, index])).toEqual([
    ['f00d', 0],
    ['f00d', 1],
  ]);
  for (const { metrics } of lines) expect(metrics.excess).toBeGreaterThan(5);
  expect(lines[0].metrics.excess).not.toBe(lines[1].metrics.excess);
  expect(evaluate({}).answer).toBe(answer);
});

test('the origin, types stripped, is best fit', () => {
  const origin = readFileSync(new URL('../origin/priority.ts', import.meta.url), 'utf8');
  const source = origin.replaceAll(/: number/g, '');
  const bestFit =
    'export const priority = (item, slack) => -slack; export const openNew = () => -1e9;';
  const { answer, status } = evaluate({ source });
  expect(status).toBe(0);
  expect(answer).toBe(evaluate({ source: bestFit }).answer);
});

test.each([
  ['no candidate', { source: '' }, 'priority.mjs'],
  [
    'a candidate that is not JavaScript',
    { source: 'export const priority = ;' },
    'Unexpected token',
  ],
  ['no openNew', { source: 'export const priority = () => 0;' }, 'exports no function openNew'],
  [
    'a policy that gives NaN',
    { source: 'export const priority = () => 0 / 0; export const openNew = () => 0;' },
    'gave NaN, not a finite number',
  ],
  [
    'a threshold that is no number',
    { source: "export const priority = () => 0; export const openNew = () => 'no';" },
    'gave no, not a finite number',
  ],
  ['an unknown family', { request: CASES.replace('or3', 'or9') }, 'no family "or9"'],
  ['no parameters', { request: CASES.replace('"params"', '"other"') }, 'no family undefined'],
  ['no nonce', { request: CASES.replace('"nonce"', '"once"') }, 'needs a nonce and cases'],
  [
    'a seed that is no integer',
    { request: CASES.replace('"seed":7', '"seed":"7"') },
    'needs a nonce',
  ],
  ['instances that are not JSON', { request: '{' }, 'JSON'],
  ['no result descriptor', { without: 'PACELINE_RESULT_FD' }, 'PACELINE_RESULT_FD is not set'],
  ['no candidate folder', { without: 'PACELINE_CANDIDATE' }, 'PACELINE_CANDIDATE is not set'],
  ['no instances file', { without: 'PACELINE_INSTANCES' }, 'PACELINE_INSTANCES is not set'],
])('%s: exit code 1, a sentence, no answer', (_, asked: Asked, reason) => {
  const { status, stderr, answer } = evaluate(asked);
  expect(status).toBe(1);
  expect(stderr).toContain(reason);
  expect(answer).toBe('');
});
