/** What is done with a finished study: take its result, send it, take it in, clear it away. */
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { create, extract } from 'tar';
import { beforeAll, expect, test } from 'vitest';
import { verifyArchive } from '../../src/app/archive.ts';
import { exportStudy } from '../../src/app/export-study.ts';
import { importStudy } from '../../src/app/import-study.ts';
import { withLedger } from '../../src/app/read-ledger.ts';
import { listStudies } from '../../src/app/study-files.ts';
import type { PacelineError } from '../../src/core/errors.ts';
import { cli, type Ended, emptyFolder, exampleFolder } from './fixtures/cli.ts';

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

function copyOfHome(): string {
  const folder = join(emptyFolder(), 'copy');
  cpSync(home, folder, { recursive: true });
  return folder;
}

test('--notify runs its command with the verdict as the last argument', () => {
  expect(ran.code).toBe(0);
  expect(existsSync(join(home, 'notified'))).toBe(true);
  expect(readdirSync(home).some((name) => name.startsWith('On '))).toBe(true);
});

test('--notify tells of a start that is refused, too', async () => {
  const folder = copyOfHome();
  writeFileSync(join(folder, 'broken.yaml'), 'name: [');
  const wrong = await cli(folder, 'run', '--config', 'broken.yaml', '--notify', 'mkdir -p told');
  expect(wrong.code).toBe(2);
  await expect.poll(() => readdirSync(folder)).toContain('told');
});

test('run --dry-run says what would run and writes nothing', async () => {
  const before = readdirSync(join(home, '.paceline/studies'));
  const told = await cli(home, 'run', '--dry-run', '--json', '--trials', '7');
  expect(told.json()).toMatchObject({ schema: 'paceline.plan/1', budget: { trials: 7 } });
  expect(readdirSync(join(home, '.paceline/studies'))).toEqual(before);
  writeFileSync(join(home, 'broken.yaml'), 'name: [');
  expect((await cli(home, 'run', '--dry-run', '--config', 'broken.yaml')).code).toBe(2);
});

/** A copy of the finished study's folder, and the first file that it promises. */
async function promisedCopy() {
  const folder = copyOfHome();
  const { files } = (await cli(folder, 'show', '--json')).json() as unknown as {
    readonly files: Record<string, string>;
  };
  const [[path, text] = ['', '']] = Object.entries(files);
  return { folder, path, text };
}

test('apply writes what was promoted, once, and never over an edited file', async () => {
  const { folder, path, text } = await promisedCopy();
  const before = readFileSync(join(folder, path), 'utf8');
  const dry = await cli(folder, 'apply', '--dry-run');
  expect(dry.stdout).toMatch(/^\+/m);
  expect(readFileSync(join(folder, path), 'utf8')).toBe(before);
  expect((await cli(folder, 'apply', '--reviewed')).stdout).toMatch(/^Wrote /m);
  expect(readFileSync(join(folder, path), 'utf8')).toBe(text);
  expect((await cli(folder, 'apply', '--reviewed')).stdout).toMatch(/Nothing to write/);
  writeFileSync(join(folder, path), `${before}\n// mine\n`);
  const refused = await cli(folder, 'apply', '--reviewed');
  expect(refused.code).toBe(73);
  expect(refused.stderr).toMatch(/no longer as it was/);
  expect(readFileSync(join(folder, path), 'utf8')).toContain('// mine');
});

test(
  'apply knows the example as it was shipped, and keeps the comment above its code',
  async () => {
    const folder = exampleFolder();
    const path = join(folder, 'origin/priority.ts');
    const [comment = ''] = /^[\s\S]*?(?=export)/.exec(readFileSync(path, 'utf8')) ?? [];
    expect(comment).toMatch(/\/[/*]/);
    expect((await cli(folder, 'run', '--quiet', '--trials', '2')).code).toBe(0);
    const candidate = await withLedger(
      { root: folder, id: listStudies(folder)[0] ?? '' },
      async (ledger) => {
        for await (const [first] of ledger.read(0, { types: ['trial.settled'] }))
          if (first?.type === 'trial.settled') return first.body.candidate;
        throw new Error('no trial was settled');
      },
    );
    const write = ['apply', candidate, '--unproven', '--reviewed'];
    const { files } = (await cli(folder, 'show', candidate, '--json')).json() as unknown as {
      readonly files: Record<string, string>;
    };
    expect((await cli(folder, ...write)).stderr).toBe('');
    expect(readFileSync(path, 'utf8')).toBe(comment + files['origin/priority.ts']);
    expect((await cli(folder, ...write)).stdout).toMatch(/Nothing to write/);
    writeFileSync(path, `${comment}${files['origin/priority.ts']}// mine\n`);
    expect((await cli(folder, ...write)).stderr).toMatch(/no longer as it was/);
  },
  SECONDS,
);

test('apply writes no file that is not there, and none through a link', async () => {
  const { folder, path, text } = await promisedCopy();
  const whole = join(folder, path);
  const elsewhere = join(emptyFolder(), 'elsewhere.js');
  writeFileSync(elsewhere, readFileSync(whole));
  rmSync(whole);
  for (const put of [() => {}, () => symlinkSync(elsewhere, whole)]) {
    put();
    const refused = await cli(folder, 'apply', '--reviewed');
    expect([refused.code, refused.stderr]).toEqual([73, expect.stringMatching(/is no file here/)]);
  }
  expect(readFileSync(elsewhere, 'utf8')).not.toBe(text);
});

test('what is written keeps its rights', async () => {
  const { folder, path } = await promisedCopy();
  chmodSync(join(folder, path), 0o751);
  expect((await cli(folder, 'apply', '--reviewed')).code).toBe(0);
  expect(statSync(join(folder, path)).mode & 0o777).toBe(0o751);
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
    const verified = await verifyArchive(join(folder, name)).then(
      ({ report }) => (report.ok ? 0 : 65),
      ({ exitCode }: PacelineError) => exitCode,
    );
    expect([name, verified]).toEqual([name, code]);
  }
  const left = existsSync(join(other, '.paceline'))
    ? readdirSync(join(other, '.paceline')).filter((name) => name !== '.gitignore')
    : [];
  expect(left).toEqual([]);
});

test.each([
  ['an id that leaves the folder', { id: '..' }, /is no study's record/],
  ['an id that is too long', { id: 'a'.repeat(300) }, /is no study's record/],
  ['an id that drives the terminal', { id: '\u001b[31mred' }, /is no study's record/],
  ['an id that is no name', { id: 'a\u0000b' }, /is no study's record/],
  ['another config', { config: {} }, /another config than the ledger was opened with/],
])('a record with %s is refused, and leaves nothing', async (_name, change, says) => {
  const { folder, record } = await unpacked();
  writeFileSync(join(folder, 'study.json'), JSON.stringify({ ...record, ...change }));
  const file = join(folder, 'evil.tgz');
  await create({ file, gzip: true, cwd: folder }, ['study.json', 'ledger.db']);
  const other = emptyFolder();
  const refused = await importStudy(other, file).catch((error: Error) => error);
  await expect(verifyArchive(file)).rejects.toThrow(says);
  expect(refused).toMatchObject({ name: 'PacelineError', message: expect.stringMatching(says) });
  expect(refused).not.toMatchObject({ message: expect.stringContaining(other) });
  expect(readdirSync(join(other, '.paceline'))).toEqual(['.gitignore']);
});

/** An export of the study, taken apart. */
async function unpacked() {
  const folder = emptyFolder();
  const file = join(folder, 'good.tgz');
  await exportStudy({ root: home, id: study, file });
  await extract({ file, cwd: folder });
  const record: object = JSON.parse(readFileSync(join(folder, 'study.json'), 'utf8'));
  return { folder, record };
}

test('an archive without its ledger says so', async () => {
  const { folder } = await unpacked();
  const file = join(folder, 'half.tgz');
  await create({ file, gzip: true, cwd: folder }, ['study.json']);
  await expect(importStudy(emptyFolder(), file)).rejects.toThrow(/holds no ledger\.db/);
});

test('a command that somebody wrote into the record of a study is not run', async () => {
  const folder = copyOfHome();
  const path = join(folder, '.paceline/studies', study, 'study.json');
  const record = JSON.parse(readFileSync(path, 'utf8'));
  const { module: _, ...evaluator } = record.config.evaluator;
  record.config.evaluator = { ...evaluator, use: 'command', command: 'touch ran' };
  writeFileSync(path, JSON.stringify(record));
  const refused = await cli(folder, 'compare', 'origin', 'incumbent', '--pairs', '8');
  expect([refused.code, refused.stderr]).toEqual([
    73,
    expect.stringMatching(/is not the one that .* was opened with/),
  ]);
  expect(existsSync(join(folder, 'ran'))).toBe(false);
});

test('gc leaves alone what somebody still works in', async () => {
  const folder = join(emptyFolder(), 'busy');
  const state = join(folder, '.paceline');
  const gone = 2 ** 30;
  const held = [`import-${process.pid}-a`, `new-${process.pid}-a`, `work/compare-a.${process.pid}`];
  const left = [`import-${gone}-a`, `new-${gone}-a`, `work/compare-b.${gone}`];
  for (const name of [...held, ...left]) mkdirSync(join(state, name), { recursive: true });
  const { removed } = (await cli(folder, 'gc', '--json')).json() as unknown as {
    removed: readonly { path: string }[];
  };
  expect(removed.map(({ path }) => path).sort()).toEqual([...left].sort());
  for (const name of held) expect(existsSync(join(state, name))).toBe(true);
});

test('gc clears leftovers, finished studies only when asked; a full state folder refuses a run', async () => {
  const folder = copyOfHome();
  const state = join(folder, '.paceline');
  mkdirSync(join(state, 'studies/half-made'), { recursive: true });
  mkdirSync(join(state, 'work/gone'), { recursive: true });
  writeFileSync(join(state, 'work/gone/big'), Buffer.alloc(3 * 1024 ** 2));
  // Of a start that was cut off between the secret and the study.
  mkdirSync(join(state, `new-${2 ** 30}-a/lost-0a1b2c`), { recursive: true });
  writeFileSync(join(state, 'gate/lost-0a1b2c'), 'secret');
  writeFileSync(join(state, 'gate/lost-0a1b2c.db'), '');
  const config = readFileSync(join(folder, 'paceline.yaml'), 'utf8');
  writeFileSync(join(folder, 'paceline.yaml'), `${config}\nstorage: { cap: 2mb }\n`);
  const full = await cli(folder, 'run', '--quiet');
  expect([full.code, full.stderr]).toEqual([74, expect.stringMatching(/paceline gc/)]);
  expect((await cli(folder, 'gc', '--dry-run')).stdout).toMatch(/would be freed/);
  expect(existsSync(join(state, 'work/gone'))).toBe(true);
  const cleared = (await cli(folder, 'gc', '--json')).json() as unknown as { removed: object[] };
  expect(cleared.removed).toHaveLength(4);
  expect(readdirSync(join(state, 'gate'))).toContain(study);
  expect(readdirSync(join(state, 'gate')).join()).not.toContain('lost');
  expect(existsSync(join(state, 'work/gone'))).toBe(false);
  expect(readdirSync(join(state, 'studies'))).toEqual([study]);
  await cli(folder, 'gc', '--keep', '0');
  expect(readdirSync(join(state, 'studies'))).toEqual([]);
});

test('a damaged record hides none of the others', async () => {
  const folder = copyOfHome();
  const set = join(folder, '.paceline/replicates/set-0a1b2c');
  mkdirSync(set, { recursive: true });
  writeFileSync(join(set, 'set.json'), '{ "id": ');
  const { code, stdout } = await cli(folder, 'status');
  expect([code, stdout]).toEqual([0, expect.stringMatching(new RegExp(`${study} .*finished`))]);
  expect(stdout).toMatch(/^set-0a1b2c: .*set\.json/m);
  const { unreadable } = (await cli(folder, 'status', '--json')).json();
  expect(unreadable).toMatchObject([{ id: 'set-0a1b2c' }]);
});

test('the shell is offered verbs, options, examples and the studies of the folder', async () => {
  const offered = async (...words: readonly string[]): Promise<string> =>
    (await cli(home, 'complete', '--', ...words)).stdout;
  expect(await offered('re')).toMatch(/^report\t/m);
  expect(await offered('run', '--dr')).toMatch(/^--dry-run\t/m);
  expect(await offered('init', '--example', '')).toMatch(/^minimal/m);
  expect(await offered('verify', '')).toContain(study);
  expect(await offered('steer', 'veto', '--study', '')).toContain(study);
  const { incumbent } = ran.json() as unknown as { incumbent: { candidate: string } };
  const id = incumbent.candidate.slice('sha256:'.length, 'sha256:'.length + 12);
  expect(await offered('diff', 'origin', '')).toMatch(new RegExp(`^${id}\tpromoted in`, 'm'));
  expect(await offered('run', '--config', ''), 'the shell completes files').toBe(':0\n');
});

test('a verb that was meant is named', async () => {
  expect((await cli(home, 'verfy')).stderr).toMatch(/Did you mean verify\?/);
});

test('an option is no value of another', async () => {
  const wrong = await cli(home, 'run', '--seed', '--dry-run');
  expect([wrong.code, wrong.stderr]).toEqual([2, expect.stringMatching(/--dry-run is an option/)]);
});

test.each([
  ['', /names no program/],
  [' ', /names no program/],
  ['no-such-program --urgent', /no-such-program is not on PATH/],
  ['./no-such-program', /There is no \.\/no-such-program/],
  ['./paceline.yaml', /\.\/paceline\.yaml cannot be run \(EACCES\)/],
])('--notify %j cannot be run and is refused before the study', async (text, says) => {
  const before = listStudies(home);
  const wrong = await cli(home, 'run', '--notify', text);
  expect([wrong.code, wrong.stderr]).toEqual([2, expect.stringMatching(says)]);
  expect(wrong.stderr).toMatch(/Name a program to run/);
  expect(listStudies(home)).toEqual(before);
});

test.each([
  ['run', '--max', '3'],
  ['run', '--dry-run', '--replicates', '8'],
  ['compare', 'paceline.yaml', 'paceline.yaml', '--evals='],
])('%s %s %s is refused and not passed over', async (...line) => {
  const wrong = await cli(home, ...line);
  expect([wrong.code, wrong.stderr]).toEqual([
    2,
    expect.stringMatching(/--(max|replicates|evals) /),
  ]);
});

test('what cannot be written is named, with what to do', async () => {
  const folder = copyOfHome();
  const report = join(folder, '.paceline/studies', study, 'report');
  rmSync(report, { recursive: true });
  writeFileSync(report, 'in the way');
  const { code, stderr } = await cli(folder, 'report');
  expect(stderr).toMatch(/The report cannot be written below .*, then run paceline report /);
  expect(code).toBe(73);
  const temporary = process.env['TMPDIR'];
  process.env['TMPDIR'] = join(folder, 'nowhere');
  const exported = await cli(folder, 'export').finally(() => {
    if (temporary === undefined) delete process.env['TMPDIR'];
    else process.env['TMPDIR'] = temporary;
  });
  expect([exported.code, exported.stderr]).toEqual([73, expect.stringMatching(/Set TMPDIR/)]);
});

test('gc takes no study that a comparison rests on, and says so where a size is not reached', async () => {
  const folder = copyOfHome();
  await cli(folder, 'compare', 'origin', 'incumbent', '--pairs', '8');
  const { code, stdout } = await cli(folder, 'gc', '--max', '1kb');
  expect(code).toBe(0);
  const spared = `Spared:\nstudies/${study} +\\S+ +belongs to the comparison compare-\\w+\n`;
  expect(stdout).toMatch(
    new RegExp(`${spared}0b freed, .+ left\\.\nThat is more than 1kb: nothing`),
  );
  expect((await cli(folder, 'gc', '--max', '1kb', '--json')).json()).toMatchObject({
    maxBytes: 1024,
    removed: [],
    spared: [{ path: `studies/${study}`, why: expect.stringMatching(/^belongs to/) }],
  });
  rmSync(join(folder, '.paceline/comparisons'), { recursive: true });
  expect((await cli(folder, 'gc', '--max', '1kb')).stdout).toMatch(/finished, to make room/);
});

test('with --json a wrong line is answered with JSON too', async () => {
  const wrong = await cli(home, 'run', '--tirals', '3', '--json');
  expect(wrong.code).toBe(2);
  expect(wrong.json()).toMatchObject({ schema: 'paceline.error/1', error: { code: 'USAGE' } });
});
