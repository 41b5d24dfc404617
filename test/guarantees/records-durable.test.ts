/** Everything beside the ledger that a later start depends on is on the disk when its writer goes on. */
import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { linesUntil, startWriter } from './fixtures/child.ts';
import { NO_SYNC, traceTo, undurable } from './fixtures/undurable.ts';

const directory = realpathSync(mkdtempSync(join(tmpdir(), 'paceline-records-')));
afterAll(() => rmSync(directory, { recursive: true, force: true }));

const hasStrace = spawnSync('strace', ['-o', '/dev/null', 'true']).status === 0;
const traced = hasStrace ? test : test.skip;
const reason = hasStrace ? '' : ' (strace is missing or not permitted)';

const withoutChance = (path: string): string =>
  path
    .replace('study-0a1b2c', 'study')
    .replace(/steer\/[^/]+\.json$/, 'steer/letter.json')
    .replace(/blobs\/.+/, 'blobs/blob');

/** By record: what a power cut at that moment would take. */
async function lostBy(
  name: string,
  more: readonly string[] = [],
): Promise<Readonly<Record<string, readonly string[]>>> {
  const root = join(directory, name);
  mkdirSync(root);
  const file = `${root}.trace`;
  const child = startWriter('record-writer', [root], [...traceTo(file), ...more]);
  const ended = once(child, 'exit');
  await linesUntil(child, 'ack blob');
  await ended;
  const found = undurable(readFileSync(file, 'utf8'), { root, acks: /^ack / });
  return Object.fromEntries(
    found.map(({ ack, lost }) => [ack.replace(/^ack |\\n$/g, ''), lost.map(withoutChance)]),
  );
}

const STUDY = '.paceline/studies/study';
const PORTFOLIO = '.paceline/portfolios/p';

/** What each record consists of; what chance names is called by its kind. */
const RECORDS: Readonly<Record<string, readonly string[]>> = {
  study: [
    '.paceline',
    '.paceline/gate',
    '.paceline/gate/study',
    '.paceline/gate/study.db',
    '.paceline/studies',
    STUDY,
    `${STUDY}/study.json`,
  ],
  record: ['.paceline/portfolios', PORTFOLIO, `${PORTFOLIO}/portfolio.json`],
  'first move': [`${PORTFOLIO}/moves.jsonl`],
  move: [`${PORTFOLIO}/moves.jsonl`],
  letter: [`${STUDY}/steer`, `${STUDY}/steer/letter.json`],
  refusal: ['', '/no-letter', '/no-letter.why'].map((name) => `${STUDY}/steer/refused${name}`),
  blob: [`${STUDY}/blobs`, `${STUDY}/blobs/blob`],
};

traced(
  `after each record nothing of it is left to lose${reason}`,
  { timeout: 30_000 },
  async () => {
    const nothing = Object.fromEntries(Object.keys(RECORDS).map((record) => [record, []]));
    expect(await lostBy('synced')).toEqual(nothing);
  },
);

traced(`the trace shows all that is not synced${reason}`, { timeout: 30_000 }, async () => {
  const lost = await lostBy('unsynced', NO_SYNC);
  expect(Object.keys(lost)).toEqual(Object.keys(RECORDS));
  for (const [record, paths] of Object.entries(RECORDS))
    expect(lost[record], record).toEqual(expect.arrayContaining([...paths]));
});

test('a file that is synced under its last name only is shown', () => {
  const root = '/home/ada';
  const lost = (first: string, then: string): unknown => {
    const calls = [
      `openat(AT_FDCWD, "${root}/a.new", O_WRONLY|O_CREAT|O_TRUNC, 0666) = 3<${root}/a.new>`,
      `write(3<${root}/a.new>, "x", 1) = 1`,
      `${first} = 0`,
      `${then} = 0`,
      `fsync(4<${root}>) = 0`,
      'write(1<pipe:[1]>, "ack", 3) = 3',
    ];
    const trace = calls.map((call) => `7 ${call}`).join('\n');
    return undurable(trace, { root, acks: /ack/ })[0]?.lost;
  };
  const rename = `rename("${root}/a.new", "${root}/a")`;
  expect(lost(`fsync(3<${root}/a.new>)`, rename)).toEqual([]);
  expect(lost(rename, `fsync(3<${root}/a>)`)).toEqual(['a']);
});
