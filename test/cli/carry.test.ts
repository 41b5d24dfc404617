/** What is done with a finished study: take its result, send it, take it in, clear it away. */
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { create, extract } from 'tar';
import { beforeAll, expect, test } from 'vitest';
import { cli, type Ended, emptyFolder } from './fixtures/cli.ts';

const SECONDS = 60_000;
let home: string;
let ran: Ended;
let study: string;

beforeAll(async () => {
  home = join(emptyFolder(), 'task');
  await cli('.', 'init', home, '--example', 'minimal');
  ran = await cli(home, 'run', '--quiet', '--json', '--notify', 'touch notified');
  study = (ran.json() as unknown as { study: string }).study;
}, SECONDS);

test('--notify runs its command with the verdict as the last argument', () => {
  expect(ran.code).toBe(0);
  expect(existsSync(join(home, 'notified'))).toBe(true);
  expect(readdirSync(home).some((name) => name.startsWith('On '))).toBe(true);
});

test('run --dry-run says what would run and writes nothing', async () => {
  const before = readdirSync(join(home, '.paceline/studies'));
  const told = await cli(home, 'run', '--dry-run', '--json', '--trials', '7');
  expect(told.json()).toMatchObject({ schema: 'paceline.plan/1', budget: { trials: 7 } });
  expect(readdirSync(join(home, '.paceline/studies'))).toEqual(before);
  writeFileSync(join(home, 'broken.yaml'), 'name: [');
  expect((await cli(home, 'run', '--dry-run', '--config', 'broken.yaml')).code).toBe(2);
});

test('apply writes what was promoted, once, and never over an edited file', async () => {
  const folder = join(emptyFolder(), 'copy');
  cpSync(home, folder, { recursive: true });
  const promised = (await cli(folder, 'show', '--json')).json() as unknown as {
    files: Record<string, string>;
  };
  const [[path, text] = ['', '']] = Object.entries(promised.files);
  const before = readFileSync(join(folder, path), 'utf8');
  const dry = await cli(folder, 'apply', '--dry-run');
  expect(dry.stdout).toMatch(/^\+/m);
  expect(readFileSync(join(folder, path), 'utf8')).toBe(before);
  expect((await cli(folder, 'apply')).stdout).toMatch(/^Wrote /m);
  expect(readFileSync(join(folder, path), 'utf8')).toBe(text);
  expect((await cli(folder, 'apply')).stdout).toMatch(/Nothing to write/);
  writeFileSync(join(folder, path), `${before}\n// mine\n`);
  const refused = await cli(folder, 'apply');
  expect(refused.code).toBe(73);
  expect(refused.stderr).toMatch(/no longer as it was/);
  expect(readFileSync(join(folder, path), 'utf8')).toContain('// mine');
});

test('an exported study is taken in whole elsewhere, and only once', async () => {
  const file = join(emptyFolder(), 'study.paceline.tgz');
  expect((await cli(home, 'export', study, file)).code).toBe(0);
  expect((await cli(home, 'export', study, file)).code).toBe(73);
  const other = emptyFolder();
  const taken = await cli(other, 'import', file, '--json');
  const was = (await cli(home, 'verify', '--json')).json() as unknown as { head: Head };
  expect(taken.json()).toMatchObject({ study, head: `${was.head.seq}:${was.head.hash}` });
  expect((await cli(other, 'verify')).code).toBe(0);
  expect((await cli(other, 'report')).code).toBe(0);
  expect((await cli(other, 'resume')).stderr).toMatch(/finished|secret/);
  const again = await cli(other, 'import', file);
  expect([again.code, again.stderr]).toEqual([2, expect.stringMatching(/here already/)]);
});

interface Head {
  readonly seq: number;
  readonly hash: string;
}

test('an altered, a foreign and a booby-trapped file are refused and leave nothing', async () => {
  const folder = emptyFolder();
  const file = join(folder, 'good.tgz');
  await cli(home, 'export', study, file);
  await extract({ file, cwd: folder });
  const ledger = readFileSync(join(folder, 'ledger.db'), 'latin1');
  expect(ledger).toContain('"gain":0.');
  const better = ledger.replaceAll('"gain":0.', '"gain":9.');
  writeFileSync(join(folder, 'ledger.db'), better, 'latin1');
  const altered = join(folder, 'altered.tgz');
  await create({ file: altered, gzip: true, cwd: folder }, ['study.json', 'ledger.db']);
  mkdirSync(join(folder, 'evil'));
  writeFileSync(join(folder, 'evil/x'), 'x');
  const trapped = join(folder, 'trapped.tgz');
  await create({ file: trapped, gzip: true, cwd: folder }, ['study.json', 'ledger.db', 'evil/x']);
  writeFileSync(join(folder, 'noise.tgz'), 'no archive');
  const other = emptyFolder();
  for (const [name, code] of [
    ['altered.tgz', 65],
    ['trapped.tgz', 2],
    ['noise.tgz', 2],
    ['gone.tgz', 2],
  ] as const) {
    const refused = await cli(other, 'import', join(folder, name));
    expect([name, refused.code, refused.stderr]).toEqual([
      name,
      code,
      expect.stringMatching(/\.\n$/),
    ]);
  }
  const left = existsSync(join(other, '.paceline'))
    ? readdirSync(join(other, '.paceline')).filter((name) => name !== '.gitignore')
    : [];
  expect(left).toEqual([]);
});

test('gc clears leftovers, finished studies only when asked; a full state folder refuses a run', async () => {
  const folder = join(emptyFolder(), 'full');
  cpSync(home, folder, { recursive: true });
  const state = join(folder, '.paceline');
  mkdirSync(join(state, 'studies/half-made'), { recursive: true });
  mkdirSync(join(state, 'work/gone'), { recursive: true });
  writeFileSync(join(state, 'work/gone/big'), Buffer.alloc(3 * 1024 ** 2));
  const config = readFileSync(join(folder, 'paceline.yaml'), 'utf8');
  writeFileSync(join(folder, 'paceline.yaml'), `${config}\nstorage: { cap: 2mb }\n`);
  const full = await cli(folder, 'run', '--quiet');
  expect([full.code, full.stderr]).toEqual([74, expect.stringMatching(/paceline gc/)]);
  expect((await cli(folder, 'gc', '--dry-run')).stdout).toMatch(/would be freed/);
  expect(existsSync(join(state, 'work/gone'))).toBe(true);
  const cleared = (await cli(folder, 'gc', '--json')).json() as unknown as { removed: object[] };
  expect(cleared.removed).toHaveLength(2);
  expect(existsSync(join(state, 'work/gone'))).toBe(false);
  expect(readdirSync(join(state, 'studies'))).toEqual([study]);
  await cli(folder, 'gc', '--keep', '0');
  expect(readdirSync(join(state, 'studies'))).toEqual([]);
});

test('the shell is offered verbs, options, examples and the studies of the folder', async () => {
  const offered = async (...words: readonly string[]): Promise<string> =>
    (await cli(home, 'complete', '--', ...words)).stdout;
  expect(await offered('re')).toMatch(/^report\t/m);
  expect(await offered('run', '--dr')).toMatch(/^--dry-run\t/m);
  expect(await offered('init', '--example', '')).toMatch(/^minimal/m);
  expect(await offered('verify', '')).toContain(study);
  expect((await cli(home, 'complete', 'bash')).stdout).toContain('paceline');
});

test('a verb that was meant is named', async () => {
  expect((await cli(home, 'verfy')).stderr).toMatch(/Did you mean verify\?/);
});
