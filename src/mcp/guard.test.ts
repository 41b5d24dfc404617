import { expect, test } from 'vitest';
import { refusedRequest } from './guard.ts';

const GUARD = { port: 4321, token: 'right' };
const RIGHT = { host: '127.0.0.1:4321', authorization: 'Bearer right' };

const statusOf = (more: object) =>
  refusedRequest({ headers: { ...RIGHT, ...more } }, GUARD)?.status;

test.each([
  {},
  { host: 'localhost:4321' },
  { host: '[::1]:4321' },
  { origin: 'http://127.0.0.1:4321' },
  { origin: 'http://localhost:4321' },
])('a program of this machine with the token: %j', (more) => {
  expect(statusOf(more)).toBeUndefined();
});

test.each([
  [{ host: 'evil.example:4321' }, 403],
  [{ host: '127.0.0.1:80' }, 403],
  [{ host: '127.0.0.1' }, 403],
  [{ host: '127.0.0.1:4321.evil.example' }, 403],
  [{ host: undefined }, 403],
  [{ origin: 'https://evil.example' }, 403],
  [{ origin: 'http://localhost:4321.evil.example' }, 403],
  [{ origin: 'http://127.0.0.1:9999' }, 403],
  [{ origin: 'null' }, 403],
  [{ authorization: undefined }, 401],
  [{ authorization: 'Bearer wrong' }, 401],
  [{ authorization: 'Bearer righ' }, 401],
  [{ authorization: 'right' }, 401],
  [{ authorization: 'bearer right' }, 401],
])('refused: %j', (more, status) => {
  expect(statusOf(more)).toBe(status);
});
