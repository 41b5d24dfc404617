import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { plantedPrograms } from '../../../test/guarantees/fixtures/planted-programs.ts';
import { bubblewrapMissing } from '../../sandboxes/bubblewrap/cause.ts';
import { chooseJail, isTried, reportLine } from './choose.ts';
import { candidates, leaks } from './levels.ts';

const { plant, cache } = plantedPrograms();

/** Says what bubblewrap says, and runs the program as it is. */
const LIAR = `
[ "$1" = --version ] && { echo bubblewrap 0.11.0; exit; }
while [ "$1" != -- ]; do shift; done
shift
echo "{ \\"child-pid\\": $$ }" >&6
"$@"
code=$?
echo "{ \\"exit-code\\": $code }" >&6
exit $code`;

test('planted: a bwrap that lies is found out, and what got through is named', {
  timeout: 60_000,
}, async () => {
  plant('bwrap', LIAR);
  const { level, reports } = await chooseJail();
  expect(['J2', 'J1']).toContain(level);
  const lines = reports.filter(({ driver }) => driver.startsWith('bubblewrap')).map(reportLine);
  expect(lines.at(-1)).toMatch(/not contained: network: TCP.*reading the host/);
  expect(existsSync(join(cache(), 'paceline')), 'it is tried again at the next start').toBe(false);
});

test('what passed is remembered, and tried again when a program changed', {
  timeout: 60_000,
}, async () => {
  const memory = () => {
    const folder = join(cache(), 'paceline/self-test');
    return readdirSync(folder).map((name) => statSync(join(folder, name)).ino);
  };
  plant('bwrap', 'echo bubblewrap 0.4.0');
  expect(isTried()).toBe(false);
  const first = await chooseJail();
  // Whatever got through is not remembered: then it should be named here.
  expect(first.reports.flatMap(leaks)).toEqual([]);
  expect(isTried()).toBe(true);
  const kept = memory();
  expect((await chooseJail()).reports).toEqual(first.reports);
  expect(memory(), 'what is tried again is written again').toEqual(kept);
  await chooseJail('J1', candidates(), { again: true });
  expect(memory(), 'what is asked for again is tried again').not.toEqual(kept);
  expect(first.reports.map(reportLine).join()).toContain('0.8 or newer is needed');
  plant('bwrap', 'echo bubblewrap 0.5.0');
  await chooseJail();
  expect(memory()).toHaveLength(2);
});

test('planted: a bwrap that never answers is passed over', { timeout: 20_000 }, () => {
  plant('bwrap', 'exec sleep 60');
  expect(bubblewrapMissing()).toMatch(/does not run: bwrap --version does not end/);
});
