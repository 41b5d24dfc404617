/** A study that is sent or taken in survives a power cut from the moment at which that is said. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, realpathSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { NO_SYNC, traceTo, undurable } from '../guarantees/fixtures/undurable.ts';
import { cli, emptyFolder, MAIN } from './fixtures/cli.ts';

const hasStrace = spawnSync('strace', ['-o', '/dev/null', 'true']).status === 0;
const traced = hasStrace ? test : test.skip;
const reason = hasStrace ? '' : ' (strace is missing or not permitted)';

let home: string;
let study: string;

beforeAll(async () => {
  home = join(emptyFolder(), 'task');
  await cli('.', 'init', home, '--example', 'minimal');
  const ran = await cli(home, 'run', '--quiet', '--json');
  study = (ran.json() as unknown as { study: string }).study;
  const beside = join(home, '.paceline/studies', study, 'blobs/ab');
  mkdirSync(beside, { recursive: true });
  writeFileSync(join(beside, 'cd0123'), 'large');
  writeFileSync(join(beside, 'cd4567.9.new'), 'what a crash left of one');
}, 60_000);

interface Run {
  readonly cwd: string;
  readonly args: readonly string[];
  /** Of it, what lies below this folder. */
  readonly root: string;
}

/** What a power cut takes of what a verb wrote, once it has said that it is done. */
function lostBy({ cwd, args, root }: Run, more: readonly string[] = []) {
  const file = join(emptyFolder(), 'trace');
  const [strace = '', ...flags] = [...traceTo(file), ...more];
  const run = spawnSync(strace, [...flags, process.execPath, MAIN, ...args], { cwd });
  expect(run.status, String(run.stderr)).toBe(0);
  const asked = { root: realpathSync(root), acks: /^(Wrote|Imported) / };
  const [found, ...others] = undurable(readFileSync(file, 'utf8'), asked);
  expect(others).toEqual([]);
  return found?.lost;
}

const exporting = (): Run => {
  const root = emptyFolder();
  return { cwd: home, args: ['export', study, join(root, 'sent.tgz')], root };
};
const importing = (file: string): Run => {
  const root = emptyFolder();
  return { cwd: root, args: ['import', file], root };
};

traced(`an export${reason}`, { timeout: 60_000 }, () => {
  expect(lostBy(exporting(), NO_SYNC)).toEqual(['sent.tgz']);
  const sound = exporting();
  expect(lostBy(sound)).toEqual([]);
  expect(readdirSync(sound.root)).toEqual(['sent.tgz']);
});

traced(`an import${reason}`, { timeout: 60_000 }, async () => {
  const sent = join(emptyFolder(), 'sent.tgz');
  await cli(home, 'export', study, sent);
  const names = ['', '/blobs', '/blobs/ab', '/blobs/ab/cd0123', '/ledger.db', '/study.json'];
  expect(lostBy(importing(sent), NO_SYNC)).toEqual([
    '.paceline',
    '.paceline/studies',
    ...names.map((name) => `.paceline/studies/${study}${name}`),
  ]);
  expect(lostBy(importing(sent))).toEqual([]);
});

traced(`an applied candidate${reason}`, { timeout: 60_000 }, async () => {
  const { files } = (await cli(home, 'show', '--json')).json() as unknown as {
    readonly files: Record<string, string>;
  };
  const before = Object.keys(files).map((path) => [path, readFileSync(join(home, path))] as const);
  const applying = { cwd: home, args: ['apply', '--reviewed'], root: join(home, 'origin') };
  expect(lostBy(applying, NO_SYNC)).toEqual(before.map(([path]) => basename(path)));
  for (const [path, text] of before) writeFileSync(join(home, path), text);
  expect(lostBy(applying)).toEqual([]);
});
