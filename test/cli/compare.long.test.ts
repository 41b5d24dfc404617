/** `compare` from the command line, on one small study: kept, verified, interrupted, refused. */
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { candidateSides, refuseUnlessSame, wantedBy } from '../../src/app/compare/sides.ts';
import { withLedger } from '../../src/app/read-ledger.ts';
import { cli, ending, exampleFolder, startCli, untilSaid } from './fixtures/cli.ts';

const PATIENCE = { timeout: 120_000 };

let folder = '';
let study = '';
/** A recorded candidate that is not the origin. */
let other = '';

beforeAll(async () => {
  folder = exampleFolder();
  await cli(folder, 'run', '--quiet', '--trials', '2');
  [study = ''] = readdirSync(join(folder, '.paceline/studies'));
  other = await withLedger({ root: folder, id: study }, async (ledger) => {
    for await (const page of ledger.read(0, { types: ['trial.settled'] })) {
      for (const event of page)
        if (event.type === 'trial.settled' && event.body.outcome === 'scored')
          return event.body.candidate;
    }
    throw new Error('no candidate was scored');
  });
}, PATIENCE.timeout);

function left(name: string): readonly string[] {
  const path = join(folder, '.paceline', name);
  return existsSync(path) ? readdirSync(path) : [];
}

test('Ctrl-C leaves nothing behind', PATIENCE, async () => {
  const child = startCli(folder, 'compare', 'origin', other.slice(7, 15), '--pairs', '100000');
  const ended = ending(child);
  await untilSaid(child, /100000 fresh pairs; secret of the cases sha256:/);
  child.kill('SIGINT');
  const { code, stderr, stdout } = await ended;
  expect([code, stdout]).toEqual([130, '']);
  expect(stderr).toMatch(/interrupted; nothing was recorded/);
  expect([left('comparisons'), left('work')]).toEqual([[], []]);
});

test(
  'two candidates: fresh pairs, kept, verified; a changed number is found',
  PATIENCE,
  async () => {
    const first = await cli(folder, 'compare', other.slice(7, 15), 'origin', '--json', '--quiet');
    const record = first.json() as unknown as {
      readonly id: string;
      readonly words: string;
      readonly measured: { readonly values: number[] };
    };
    expect(record).toMatchObject({ schema: 'paceline.compare/1', pairs: 32, earlier: 0 });
    expect(record.words).toMatch(/the origin \(\w{12}\).* points \[.*, .*\] on fresh instances$/);
    const path = join(folder, '.paceline/comparisons', `${record.id}.json`);
    expect(JSON.parse(readFileSync(path, 'utf8'))).toEqual(record);
    expect((await cli(folder, 'verify', record.id)).code).toBe(0);
    record.measured.values[0] = 0;
    writeFileSync(path, JSON.stringify(record));
    const doubted = await cli(folder, 'verify', record.id);
    expect(doubted.stdout).toMatch(/Recorded as ".*"; the pairs say "/);
    expect(doubted.code).toBe(65);
    const again = await cli(folder, 'compare', 'origin', other, '--pairs', '8');
    expect(again.stdout).toMatch(/compared 1 time before/);
    const finals = await cli(folder, 'compare', study, study);
    expect(finals.stdout).toMatch(/are the same candidate/);
    expect(left('work')).toEqual([]);
  },
);

test('an imported study runs nothing that nobody here has named', PATIENCE, async () => {
  const elsewhere = exampleFolder();
  const file = join(elsewhere, 'sent.tgz');
  await cli(folder, 'export', study, file);
  await cli(elsewhere, 'import', file);
  const compare = () => cli(elsewhere, 'compare', 'origin', other, '--pairs', '8');
  expect((await compare()).code).toBe(0);
  const config = join(elsewhere, 'paceline.yaml');
  writeFileSync(config, readFileSync(config, 'utf8').replace('evaluator/main.mjs', 'mine.mjs'));
  const refused = await compare();
  expect(refused.stderr).toMatch(/begun elsewhere, and the evaluator that its config names/);
  expect(refused.code).toBe(73);
});

test('what cannot be compared is refused in one sentence', PATIENCE, async () => {
  const mixed = await cli(folder, 'compare', study, 'origin');
  expect([mixed.code, mixed.stderr]).toEqual([2, expect.stringMatching(/is a study and "origin"/)]);
  expect(() => wantedBy(folder, 'nonsense!')).toThrow(/no study here, no config file, and no cand/);
  const sides = (...words: readonly [string, string]) => candidateSides(folder, study, words);
  await expect(sides('origin', 'beefbeef')).rejects.toThrow(/No candidate of .* begins with/);
  const [side] = await sides('origin', 'origin');
  const elsewhere = { ...side, opened: { ...side.opened, task: side.opened.evaluator } };
  expect(() => refuseUnlessSame(side, side)).not.toThrow();
  expect(() => refuseUnlessSame(side, elsewhere)).toThrow(/their task differs/);
  const few = await cli(folder, 'compare', 'origin', 'origin', '--pairs', '2');
  expect([few.code, few.stderr]).toEqual([2, expect.stringMatching(/--pairs takes 8 to/)]);
  writeFileSync(join(folder, 'evaluator/main.mjs'), '// another judge', { flag: 'a' });
  const changed = await cli(folder, 'compare', 'origin', other);
  expect([changed.code, changed.stderr]).toEqual([73, expect.stringMatching(/no longer those of/)]);
});
