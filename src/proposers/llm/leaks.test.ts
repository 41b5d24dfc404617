import { expect, test } from 'vitest';
import { leakIn } from './leaks.ts';

/** Put together here, so that no scanner of this repository takes them for secrets. */
const made = (...parts: readonly string[]): string => parts.join('');
const A36 = 'a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8';

test.each([
  ['a private key', made('-----BEGIN RSA ', 'PRIVATE KEY-----')],
  ['a private key', made('-----BEGIN ', 'PRIVATE KEY-----')],
  ['an AWS access key', made('AKIA', 'QWERTYUIOPASDFGH')],
  ['a GitHub token', made('ghp_', A36)],
  ['a GitLab token', made('glpat-', 'abcdEFGH12345678ijkl')],
  ['a Slack token', made('xoxb-', '123456789012-abcdefABCDEF')],
  ['an Anthropic key', made('sk-ant-', 'api03-abcdefghijklmnopqrstuvwxyz')],
  ['an OpenAI key', made('sk-', 'proj-abcdefghijklmnopqrstuvwxyz0123456789')],
  ['a Google API key', made('AIza', 'SyA1234567890abcdefghijklmnopqrstuv')],
  ['a Stripe key', made('sk_live_', 'abcdefghijklmnop1234')],
  ['an npm token', made('npm_', A36)],
  ['a Hugging Face token', made('hf_', 'abcdefghijklmnopqrstuvwxyzABCDEF')],
  [
    'a JSON Web Token',
    made('eyJhbGciOiJIUzI1NiJ9', '.eyJzdWIiOiIxMjM0NTY3ODkwIn0.', 'dozjgNryP4J3jVmNHl0w5N'),
  ],
  ['a password in an address', 'postgres://admin:hunter22@db.example.org/x'],
  ['a value under the name of a secret', 'const apiKey = "q8Zk2Lm9Xw4Rt7Yb";'],
  ['a value under the name of a secret', '  "db_password": "c0rrect-h0rse-b4ttery"'],
])('%s is found, with its line and never its text', (kind, text) => {
  const leak = leakIn(`const a = 1;\n// nothing here\n${text}\n`);
  expect(leak).toEqual({ kind, line: 3 });
});

test('values that the caller names are found whatever they look like; short ones are not looked for', () => {
  expect(leakIn('x\ny correct horse z', ['correct horse'])).toMatchObject({ line: 2 });
  expect(leakIn('the answer is yes', ['yes'])).toBeUndefined();
});

/** What resembles a secret and is none. */
test.each([
  'const commit = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b";',
  'integrity sha512-ZtPqgCU3+wpU7dvX7YbaEiw71r0UdguzuPhcx4PIEZSs4XFqc6F5wXCtNdb6M7m3',
  'id: 123e4567-e89b-12d3-a456-426614174000',
  'const key = "a";\nconst token = tokens[i];',
  'password = os.environ["PASSWORD"]',
  'api_key: "xxxxxxxxxxxxxxxx"',
  'const passwordField = "password";',
  'task-runner --skip-tests sk-short',
  'import { secretRoot } from "./rng.ts";',
  'https://example.org:8080/path@v1',
  'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk',
  'function tokenOf(secret) { return hash(secret); }',
])('is none: %s', (text) => {
  expect(leakIn(text)).toBeUndefined();
});

test.each([
  ['a word', 'a-'],
  ['dots', 'a.'],
  ['names', 'password'],
  ['spaces', 'password                                '],
  ['half a token', 'eyJaaaaaaaaaa-'],
])('planted: a line of 100,000 characters takes no time (%s)', (_, part) => {
  const line = part.repeat(100_000 / part.length);
  const began = performance.now();
  expect(leakIn(line)).toBeUndefined();
  expect(performance.now() - began).toBeLessThan(2_000);
});
