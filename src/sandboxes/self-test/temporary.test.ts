import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { openHost } from './host.ts';
import { temporaryFolder } from './temporary.ts';

const folder = mkdtempSync(join(tmpdir(), 'paceline-temporary-'));
const long = join(folder, 'l'.repeat(90));
mkdirSync(long);
afterAll(() => rmSync(folder, { recursive: true }));

test.each([
  ['is not there', join(folder, 'nowhere')],
  ['has a path too long for a socket', long],
])(
  'planted: a TMPDIR that %s is passed over, and the self-test opens its sockets',
  async (_, odd) => {
    const place = temporaryFolder([odd, '/tmp']);
    expect(place).toBe('/tmp');
    const before = process.env['TMPDIR'];
    process.env['TMPDIR'] = odd;
    try {
      await (await openHost('secret')).close();
    } finally {
      if (before === undefined) delete process.env['TMPDIR'];
      else process.env['TMPDIR'] = before;
    }
  },
);

test('where nothing can be written that is said', () => {
  expect(() => temporaryFolder([join(folder, 'nowhere'), long])).toThrow(
    /nothing can be written to .*Set TMPDIR/,
  );
});
