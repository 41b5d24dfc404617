/** A finished study taken out of the house: as data, and as one file that anybody can verify. */
import { existsSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { parquetReadObjects } from 'hyparquet';
import { create, extract } from 'tar';
import { beforeAll, expect, test } from 'vitest';
import { verifyArchive } from '../../src/app/archive.ts';
import { exportStudy } from '../../src/app/export-study.ts';
import { isArchive } from '../../src/app/is-archive.ts';
import { cli, emptyFolder, ending, startCliWith } from './fixtures/cli.ts';

let home: string;
let study: string;

beforeAll(async () => {
  home = join(emptyFolder(), 'task');
  await cli('.', 'init', home, '--example', 'minimal');
  const ran = await cli(home, 'run', '--quiet', '--json', '--trials', '4');
  study = (ran.json() as unknown as { study: string }).study;
}, 60_000);

interface Head {
  readonly seq: number;
  readonly hash: string;
}

test('trials go to standard output, or to a file by its name', async () => {
  const lines = await cli(home, 'export', 'trials');
  expect([lines.code, lines.stderr]).toEqual([0, '']);
  const [first = {}, ...rest] = lines.stdout
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>);
  expect(first).toMatchObject({ study, trial: 0, metric: 'error', unit: 'points' });
  const csv = join(emptyFolder(), 'trials.csv');
  const wrote = await cli(home, 'export', 'trials', study, '--file', csv, '--json');
  const trials = rest.length + 1;
  expect(wrote.json()).toMatchObject({ study, format: 'csv', trials, running: false });
  expect(readFileSync(csv, 'utf8')).toMatch(/^study,trial,seq,.*\r\n/);
  const parquet = join(emptyFolder(), 'trials.parquet');
  expect((await cli(home, 'export', 'trials', '--file', parquet)).code).toBe(0);
  const file = Uint8Array.from(readFileSync(parquet)).buffer;
  expect(await parquetReadObjects({ file })).toHaveLength(trials);
});

test.each([
  [['trials', '--format', 'parquet'], 2, /Parquet is no text/],
  [['trials', '--json'], 2, /Name a file with --file/],
  [['trials', '--format', 'xlsx'], 2, /Allowed choices are jsonl, csv, parquet/],
  [['traces', '--endpoint', 'nowhere'], 2, /no address of a collector/],
  [['traces', '--endpoint', 'http://127.0.0.1:1', '--file', 'x'], 2, /Leave one out/],
  [['traces', '--endpoint', 'http://127.0.0.1:1'], 69, /were not taken by .* listens there/],
  [['inspect', 'no-such-study'], 2, /There is no study/],
])('export %j is refused', async (line, code, says) => {
  const refused = await cli(home, 'export', ...line);
  expect([refused.code, refused.stderr]).toEqual([code, expect.stringMatching(says)]);
  expect(refused.stdout.startsWith('{"resourceSpans"')).toBe(false);
});

test('traces are sent to a collector, and an eval log has the sources', async () => {
  const bodies: string[] = [];
  const server = createServer(async (request, response) => {
    let body = '';
    for await (const piece of request) body += piece;
    bodies.push(body);
    response.end('{}');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const sent = await cli(home, 'export', 'traces', '--endpoint', `http://127.0.0.1:${port}`);
  server.close();
  expect([sent.code, sent.stdout]).toEqual([0, `Sent to http://127.0.0.1:${port}/v1/traces.\n`]);
  expect(`${(await cli(home, 'export', 'traces')).stdout}`).toBe(bodies.join(''));
  const log = JSON.parse((await cli(home, 'export', 'inspect')).stdout);
  expect(log.samples[0].output.choices[0].message.content).toMatch(/^export const estimate/m);
});

test('an export is verified from its file: nothing is imported, and nothing left behind', async () => {
  const folder = emptyFolder();
  const file = join(folder, 'evidence.tar.gz');
  await cli(home, 'export', study, file);
  const was = (await cli(home, 'verify', '--json')).json() as unknown as { head: Head };
  const temporary = emptyFolder();
  const line = ['verify', 'evidence.tar.gz', '--json'];
  const held = await ending(startCliWith({ TMPDIR: temporary }, folder, ...line));
  expect(held.code).toBe(0);
  expect(held.json()).toMatchObject({ study, ok: true, head: was.head, file: 'evidence.tar.gz' });
  const noted = (head: Head) =>
    verifyArchive(file, `${head.seq}:${head.hash}`).then(({ report }) => report.ok);
  expect(await noted(was.head)).toBe(true);
  expect(await noted({ ...was.head, seq: was.head.seq + 1 })).toBe(false);
  expect((await cli(folder, 'verify', file, '--commit', 'HEAD')).code).toBe(2);
  expect(readdirSync(folder)).toEqual(['evidence.tar.gz']);
  renameSync(file, join(folder, 'evidence'));
  writeFileSync(join(folder, 'notes'), 'no archive');
  expect([isArchive(folder, join(folder, 'evidence')), isArchive(folder, 'gone.tgz')]).toEqual([
    true,
    true,
  ]);
  expect([isArchive(folder, join(folder, 'notes')), isArchive(home, study)]).toEqual([
    false,
    false,
  ]);
  expect(readdirSync(temporary)).toEqual([]);
});

test('of a file whose entries do not hold, verify says which', async () => {
  const folder = emptyFolder();
  const file = join(folder, 'good.tgz');
  await exportStudy({ root: home, id: study, file });
  await extract({ file, cwd: folder });
  const ledger = readFileSync(join(folder, 'ledger.db'), 'latin1');
  expect(ledger).toContain('"gain":0.');
  const better = ledger.replaceAll('"gain":0.', '"gain":9.');
  writeFileSync(join(folder, 'ledger.db'), better, 'latin1');
  const altered = join(folder, 'altered.tgz');
  await create({ file: altered, gzip: true, cwd: folder }, ['study.json', 'ledger.db']);
  const elsewhere = emptyFolder();
  const refused = await cli(elsewhere, 'verify', altered);
  expect([refused.code, refused.stdout]).toEqual([65, expect.stringMatching(/entry \d+ \(/)]);
  expect(existsSync(join(elsewhere, '.paceline'))).toBe(false);
});
