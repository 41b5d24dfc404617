import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { asFileFault } from './file-fault.ts';

const folder = mkdtempSync(join(tmpdir(), 'paceline-fault-'));
writeFileSync(join(folder, 'file'), '');
symlinkSync('circle', join(folder, 'circle'));

function faultOf(act: () => unknown) {
  try {
    act();
  } catch (error) {
    return asFileFault(error);
  }
  throw new Error('nothing was wrong');
}

const errno = (code: string) =>
  Object.assign(new Error(`${code}: whatever`), { code, path: '/x/y', syscall: 'open' });

test.each([
  [
    'a folder that is a file',
    () => readdirSync(join(folder, 'file/below')),
    /file\/below cannot be used: a part of the path is a file/,
  ],
  [
    'a circle of links',
    () => readFileSync(join(folder, 'circle')),
    /circle cannot be used: its links lead in a circle\. Mend/,
  ],
  [
    'a folder on a read-only disk, which Node reports as missing',
    () => mkdirSync('/proc/1/fdinfo/a/b', { recursive: true }),
    /cannot be used: (?!there is no such file)/,
  ],
  [
    'no permission',
    () => {
      throw errno('EACCES');
    },
    /^\/x\/y cannot be used: permission is denied\. Change its permissions/,
  ],
  [
    'a read-only disk',
    () => {
      throw errno('EROFS');
    },
    /read-only\. Work in a folder that can be written\.$/,
  ],
])('%s is told in words', (_, act, says) => {
  expect(faultOf(act)?.message).toMatch(says);
});

test('a full disk is one of the disk, the rest of the workspace', () => {
  expect(
    faultOf(() => {
      throw errno('ENOSPC');
    })?.code,
  ).toBe('DISK_FAILED');
  expect(
    faultOf(() => {
      throw errno('EACCES');
    })?.code,
  ).toBe('WORKSPACE');
});

test.each([new Error('a fault of ours'), { code: 'EACCES' }, errno('EWHATEVER'), undefined])(
  'what is no such fault is left alone: %s',
  (error) => expect(asFileFault(error)).toBeUndefined(),
);
