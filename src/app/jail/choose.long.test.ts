import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { plantedPrograms } from '../../../test/guarantees/fixtures/planted-programs.ts';
import { chooseJail, reportLine } from './choose.ts';

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
