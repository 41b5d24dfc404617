import { mkdirSync, mkdtempSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { thorough } from '../../test/thorough.ts';
import type { Config } from './config-schema.ts';
import { readSurface } from './surface.ts';

const made: string[] = [];
afterEach(() => {
  for (const folder of made.splice(0)) rmSync(folder, { recursive: true, force: true });
});

function folderOf(files: Readonly<Record<string, string | Buffer>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'paceline-surface-'));
  made.push(folder);
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return folder;
}

interface Named {
  readonly edit: string[];
  readonly readonly?: string[];
  readonly include?: string[];
}

const read = (root: string, { edit, readonly = [], include = [] }: Named) =>
  readSurface(root, { surface: { edit, readonly, include } } as unknown as Config);

const refused = (root: string, named: Named): string => {
  try {
    read(root, named);
  } catch (error) {
    expect(error).toMatchObject({ code: 'SURFACE_INVALID' });
    return (error as Error).message;
  }
  throw new Error('nothing was refused');
};

test('files, folders and globs; node_modules, .git and .paceline are passed by', () => {
  const root = folderOf({
    'src/a.ts': 'a',
    'src/deep/b.ts': 'b',
    'src/[id].ts': 'id',
    'src/i.ts': 'i',
    'src/a b "ü".ts': 'odd',
    'node_modules/x/c.ts': 'c',
    '.paceline/d.ts': 'd',
  });
  const paths = (...edit: string[]): string[] => Object.keys(read(root, { edit }).edit);
  expect(paths('**/*.ts')).toEqual([
    'src/[id].ts',
    'src/a b "ü".ts',
    'src/a.ts',
    'src/deep/b.ts',
    'src/i.ts',
  ]);
  expect(paths('./src/deep/', 'src/a.ts', 'src/a.ts')).toEqual(['src/a.ts', 'src/deep/b.ts']);
  expect(paths('src/[id].ts')).toEqual(['src/[id].ts']);
});

test('bytes stay what they are: line ends, byte order mark', () => {
  const text = '\ufeffone\r\ntwo\rthree\n';
  const root = folderOf({ 'a.txt': text });
  expect(read(root, { edit: ['a.txt'] }).edit['a.txt']).toBe(text);
});

test('what matches nothing is refused, under the key that names it', () => {
  const root = folderOf({ 'a.ts': '' });
  expect(refused(root, { edit: ['src/**/*.ts'] })).toContain(
    'surface.edit names "src/**/*.ts", which matches no file',
  );
  expect(refused(root, { edit: ['a.ts'], readonly: ['gone'] })).toContain(
    'surface.readonly names "gone"',
  );
  expect(refused(root, { edit: ['a.ts'], include: ['gone'] })).toContain(
    'surface.include names "gone"',
  );
});

test('a file is editable or read-only, never both', () => {
  const root = folderOf({ 'src/a.ts': '', 'src/b.ts': '' });
  for (const readonly of ['src', 'src/**', 'src/*.ts', 'src/a.ts']) {
    expect(refused(root, { edit: ['src/a.ts'], readonly: [readonly] })).toContain(
      'src/a.ts is editable by surface.edit and read-only by surface.readonly',
    );
  }
  expect(refused(root, { edit: ['src'], include: ['src/b.ts'] })).toContain(
    'read-only by surface.include',
  );
});

test('sources that are no UTF-8, binary or huge', () => {
  const root = folderOf({
    'latin.py': Buffer.from('# caf\xe9', 'latin1'),
    'zero.bin': Buffer.from([65, 0, 66]),
    'huge.txt': '',
  });
  truncateSync(join(root, 'huge.txt'), 3 * 1024 ** 3);
  expect(refused(root, { edit: ['latin.py'] })).toContain(
    '"latin.py", which is not UTF-8. Convert it',
  );
  expect(refused(root, { edit: ['zero.bin'] })).toContain('"zero.bin", which is binary');
  expect(refused(root, { edit: ['huge.txt'] })).toContain('KiB together; at most 1024 KiB');
  expect(refused(root, { edit: ['latin.py'], include: ['huge.txt'] })).toContain('surface.include');
});

test('links and names that lead elsewhere', () => {
  const root = folderOf({ 'a.ts': '', 'bad\u001b[2Jname.ts': '' });
  symlinkSync('/etc/hostname', join(root, 'out.ts'));
  symlinkSync('/etc', join(root, 'etc'));
  symlinkSync('a.ts', join(root, 'in.ts'));
  symlinkSync('nowhere', join(root, 'dead.ts'));
  expect(refused(root, { edit: ['out.ts'] })).toContain('a link that leaves the folder');
  expect(refused(root, { edit: ['etc/hostname'] })).toContain('a link that leaves the folder');
  expect(refused(root, { edit: [`../${basename(root)}/a.ts`] })).toContain('leaves the folder');
  expect(refused(root, { edit: ['in.ts'] })).toContain('a symbolic link. Name the file');
  expect(refused(root, { edit: ['dead.ts'] })).toContain('matches no file');
  expect(refused(root, { edit: ['bad*'] })).toContain('cannot be printed');
  expect(refused(root, { edit: ['a.ts'], include: ['out.ts'] })).toContain('a link that leaves');
  const nested = folderOf({ 'lib/a.ts': '', 'a.ts': '', 'main.ts': '' });
  symlinkSync('a.ts', join(nested, 'lib/link.ts'));
  symlinkSync('lib', join(nested, 'folder.ts'));
  expect(refused(nested, { edit: ['lib/*.ts'] })).toContain('"lib/link.ts", a symbolic link');
  expect(read(nested, { edit: ['main.ts'], include: ['lib'] }).include).toEqual([
    'lib/a.ts',
    'lib/link.ts',
  ]);
  expect(refused(nested, { edit: ['main.ts'], include: ['f*.ts'] })).toContain(
    '"folder.ts", which is neither a file nor a link to one',
  );
  symlinkSync('nowhere', join(nested, 'lib/dead.ts'));
  expect(refused(nested, { edit: ['main.ts'], include: ['lib'] })).toContain(
    '"lib/dead.ts", a link to nothing that can be read',
  );
});

test('a file whose name is no UTF-8', () => {
  const root = folderOf({ 'a.py': '' });
  writeFileSync(
    Buffer.concat([Buffer.from(`${root}/caf`), Buffer.from([0xe9]), Buffer.from('.py')]),
    '',
  );
  expect(refused(root, { edit: ['*.py'] })).toContain('whose name is not UTF-8. Rename the file');
  expect(refused(root, { edit: ['a.py'], include: ['c*'] })).toContain('surface.include matches');
});

test('an origin beyond its own limit', () => {
  const root = folderOf({ 'a.py': 'x = 1\n' });
  const surface = { edit: ['a.py'], readonly: [], include: [], limit: 5 };
  expect(() => readSurface(root, { surface } as unknown as Config)).toThrow(
    'hold 6 bytes, more than the 5 of surface.limit',
  );
});

thorough('10,000 files beside the surface cost no more than a walk', { timeout: 120_000 }, () => {
  const root = folderOf({ 'src/a.ts': '' });
  for (let i = 0; i < 10; i++) {
    mkdirSync(join(root, `data/${i}`), { recursive: true });
    for (let k = 0; k < 1000; k++) writeFileSync(join(root, `data/${i}/${k}`), '');
  }
  const start = process.cpuUsage().user;
  expect(Object.keys(read(root, { edit: ['src/*.ts'] }).edit)).toEqual(['src/a.ts']);
  expect(Object.keys(read(root, { edit: ['**/*.ts'] }).edit)).toEqual(['src/a.ts']);
  expect(refused(root, { edit: ['data'] })).toContain(
    'surface.edit matches 10000 files; at most 256',
  );
  expect((process.cpuUsage().user - start) / 1e6).toBeLessThan(10);
});

const ofCommit = (root: string, edit: readonly string[]) => {
  const surface = { edit, readonly: [], include: [] };
  return readSurface(root, { surface, repository: { commit: '' } } as unknown as Config);
};

test('of a commit all stands beside, links that stay in it too; what leads out is passed by', () => {
  const names = ['a.js', 'b.js', 'node_modules/c.js', 'odd\nname', 'deep/d.js'];
  const root = folderOf(Object.fromEntries(names.map((name) => [name, ''])));
  symlinkSync('deep', join(root, 'folder'));
  symlinkSync('../a.js', join(root, 'deep/file'));
  symlinkSync('/etc/hostname', join(root, 'out'));
  symlinkSync('nowhere', join(root, 'dangling'));
  const { include, links } = ofCommit(root, ['a.js']);
  expect([...include].sort()).toEqual(['b.js', 'deep/d.js', 'node_modules/c.js']);
  expect([...links].sort()).toEqual(['deep/file', 'folder']);
  expect(() => ofCommit(root, ['folder/d.js'])).toThrow(
    /"folder\/d\.js", which lies beyond a symbolic link\. Name the file it points at/,
  );
});

test('a commit with a file too large to be hashed is refused, with what to do', () => {
  const root = folderOf({ 'a.js': '', 'data.bin': '' });
  truncateSync(join(root, 'data.bin'), 256 * 1024 * 1024 + 1);
  expect(() => ofCommit(root, ['a.js'])).toThrow(
    /1 files of 257 MiB beside those of --source \("data\.bin" among them\).*Write a paceline\.yaml/,
  );
});
