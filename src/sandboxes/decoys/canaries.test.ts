import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { layCanaries, tokensIn } from './canaries.ts';

const folder = mkdtempSync(join(tmpdir(), 'paceline-canaries-'));
afterAll(() => rmSync(folder, { recursive: true }));
const canaries = layCanaries(join(folder, 'own'));

test('each has a token of its own, in its text or its variable, and is for reading only', () => {
  expect(new Set(canaries.all.map(({ token }) => token)).size).toBe(canaries.all.length);
  for (const { file, token } of canaries.all) {
    if (file === undefined) expect(Object.values(canaries.environment)).toContain(token);
    else {
      expect(readFileSync(file, 'utf8')).toContain(token);
      expect(statSync(file).mode & 0o777).toBe(0o444);
    }
  }
});

const token = canaries.all[0]?.token ?? '';

test.each([
  ['as it is', token],
  ['backwards', [...token].reverse().join('')],
  ['in hexadecimal', Buffer.from(token).toString('hex')],
  ...[0, 1, 2].map((shift): [string, string] => [
    `in base64, ${shift} bytes in`,
    Buffer.from(`${'y'.repeat(shift)}${token}x`).toString('base64'),
  ]),
])('a token is known again %s', (_name, text) => {
  expect(tokensIn(`[1, "${text}"]`, canaries.all)).toEqual([canaries.all[0]]);
});

test('numbers and part of a token are none', () => {
  expect(tokensIn(JSON.stringify([1, 2.5, token.slice(0, 20)]), canaries.all)).toEqual([]);
});

const run = { cwd: '/work/one/candidate', environment: {}, reads: [], writes: [] };
const placesOf = (over: Partial<Parameters<typeof canaries.shows>[0]> = {}) =>
  canaries.shows({ ...run, ...over }).map(({ path }) => path);

test('they lie at home, above where it starts, and where secrets are mounted', () => {
  expect(placesOf()).toEqual([
    '/tmp/.ssh/id_rsa',
    '/tmp/.aws/credentials',
    '/tmp/.env',
    '/work/one/.env',
    '/work/one/holdout.json',
    '/work/one/judge/holdout.json',
    '/run/secrets/token',
  ]);
  expect(placesOf({ environment: { HOME: '/home/one' } })[0]).toBe('/home/one/.ssh/id_rsa');
});

test('they cover nothing that a run sees, and stand in no folder that it sees', () => {
  expect(placesOf({ reads: ['/work/one'] }).filter((path) => path.startsWith('/work'))).toEqual([]);
  expect(placesOf({ writes: ['/tmp'] }).filter((path) => path.startsWith('/tmp'))).toEqual([]);
  expect(placesOf({ reads: ['/work/one/.env'] })).not.toContain('/work/one/.env');
  expect(placesOf({ reads: ['/work/one/judge/holdout.json/x'] })).not.toContain(
    '/work/one/judge/holdout.json',
  );
});
