/** A study of people alone: it waits, a program and a person propose to it, and all of it is verified and reported. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import { expect, test } from 'vitest';
import { cli, ending, MAIN, startCli, untilSaid } from '../cli/fixtures/cli.ts';
import { MEAN, SOURCE_CONFIG, sourceFolder, withBody } from '../cli/fixtures/source-task.ts';

const CONFIG = SOURCE_CONFIG.replace(
  /proposers:\n.*\n(safety: .*)\nbudget: .*/,
  'proposers: [human]\ncontrol: { arms: [] }\n$1\nbudget: { trials: 3, wall: 10m }',
);

test('what is handed in is tried, promoted or not, beside what was predicted', {
  timeout: 300_000,
}, async () => {
  const folder = sourceFolder({ 'paceline.yaml': CONFIG });
  const run = startCli(folder, 'run');
  const ended = ending(run);
  await untilSaid(run, /waiting for people|0 trials/);
  const client = new Client({ name: 'helper', version: '1' });
  const args = [MAIN, 'mcp', folder];
  await client.connect(new StdioClientTransport({ command: process.execPath, args }));
  const ask = async (name: string, more: object = {}) => {
    const answer = await client.callTool({ name, arguments: more as Record<string, unknown> });
    return JSON.parse((answer.content as readonly { text: string }[])[0]?.text ?? '');
  };
  const [{ study }] = (await ask('list_studies')).studies;
  const files = { 'src/estimate.ts': MEAN };
  const idea = { hypothesis: 'the mean has less noise', predicted: 0.07, interval: [0.05, 0.09] };
  const { proposal } = await ask('submit_proposal', { study, files, ...idea });
  let status = await ask('proposal_status', { study, proposal });
  while (status.became !== 'promoted') {
    expect(status.became ?? 'waits').not.toMatch(/discarded|not promoted|invalid/);
    await sleep(500);
    status = await ask('proposal_status', { study, proposal });
  }
  expect(status.measured.gain).toBeGreaterThan(0.05);
  expect((await ask('read_incumbent', { study })).untrusted.files).toEqual(files);
  writeFileSync(join(folder, 'last.ts'), withBody('samples.at(-1) ?? 0'));
  const mine = await cli(
    folder,
    'propose',
    '--file',
    'last.ts',
    '--predict',
    '-0.07',
    '--wait',
    '60s',
  );
  expect([mine.code, mine.stderr]).toEqual([0, '']);
  expect(mine.stdout).toMatch(/trial 1 tries it/);
  await ask('submit_proposal', {
    study,
    files: { 'src/estimate.ts': withBody('samples[1] ?? 0') },
    ...idea,
  });
  expect((await ended).code).toBe(0);
  await client.close();
  expect((await cli(folder, 'verify')).code).toBe(0);
  const shown = await cli(folder, 'show');
  expect(shown.stdout).toMatch(/handed in by a program \(mcp:helper\) for trial 0/);
  expect(shown.stdout).toMatch(
    /gain it expected: \+0\.07 points \[0\.05, 0\.09\]\ngain measured: 0\./,
  );
  const report = readFileSync(join(folder, `.paceline/studies/${study}/report/report.md`), 'utf8');
  expect(report).toMatch(/the promotion of trial 0 is of a program that handed it in/);
  expect(report).toMatch(/human:\S+ \|/);
  expect((await cli(folder, 'report', '--audit')).code).toBe(0);
});
