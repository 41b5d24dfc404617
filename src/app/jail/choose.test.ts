import { expect, test, vi } from 'vitest';
import { plantedPrograms } from '../../../test/guarantees/fixtures/planted-programs.ts';
import { PacelineError } from '../../core/errors.ts';
import { openSandbox } from '../../testing/open-sandbox.ts';
import { chooseJail, reportLine } from './choose.ts';
import { holds } from './levels.ts';
import { remember, remembered } from './remembered.ts';

const { plant } = plantedPrograms();

test('nothing foreign runs where no level can be had, and the causes are said', async () => {
  const levels = [
    { level: 'J3', driver: 'none', missing: 'it is not there', open: openSandbox },
  ] as const;
  const failed = await chooseJail('J1', levels).catch((error) => error as PacelineError);
  expect(failed).toBeInstanceOf(PacelineError);
  expect(failed).toMatchObject({ code: 'ISOLATION', exitCode: 77 });
  expect((failed as PacelineError).message).toMatch(
    /nothing foreign runs without one\. J3 \(none\): it is not there\./,
  );
});

test('a least level that cannot be had is refused, with what stands in its way', {
  timeout: 60_000,
}, async () => {
  plant('bwrap', 'exit 1');
  plant('unshare', 'echo unshare: Operation not permitted >&2; exit 1');
  await expect(chooseJail('J2')).rejects.toThrow(/jail level J2 \(jail\.level\).*J2 \(unshare/);
});

test('where nothing can be kept nothing is, and nobody waits', () => {
  vi.stubEnv('XDG_CACHE_HOME', '/proc/none');
  remember('sha256:1', []);
  expect(remembered('sha256:1')).toBeUndefined();
});

test('a level of which a probe could not be started does not hold, and says which', () => {
  const of = (outcome: 'not tried' | 'not meant') => ({
    level: 'J4' as const,
    driver: 'bubblewrap',
    results: [{ probe: 'ptrace', outcome, detail: 'Could not be started (ENOENT).' }],
  });
  expect(holds(of('not meant'))).toBe(true);
  expect(holds(of('not tried'))).toBe(false);
  expect(reportLine(of('not tried'))).toMatch(/could not be tried: ptrace \(Could not be started/);
});
