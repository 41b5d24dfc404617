/** What people get who press tab in a real shell; `carry.test.ts` has what the shells are told. */
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { listStudies } from '../../src/app/study-files.ts';
import { cli, emptyFolder } from './fixtures/cli.ts';
import { hasShell, offeredBy, SHELLS } from './fixtures/shells.ts';

const SECONDS = 60_000;
const home = join(emptyFolder(), 'task');
let candidate: string;

beforeAll(async () => {
  await cli('.', 'init', home, '--example', 'minimal');
  const ran = await cli(home, 'run', '--quiet', '--json');
  const { incumbent } = ran.json() as unknown as { incumbent: { candidate: string } };
  candidate = incumbent.candidate.replace('sha256:', '').slice(0, 12);
}, SECONDS);

for (const shell of SHELLS) {
  const can = hasShell(shell);
  const title = `${shell} completes what is typed${can ? '' : ` (${shell} is not installed)`}`;
  test.skipIf(!can)(title, { timeout: SECONDS }, () => {
    const [study = ''] = listStudies(home);
    const wanted: Readonly<Record<string, string>> = {
      'paceline sh': 'show',
      'paceline run --dr': '--dry-run',
      'paceline init --example t': 'tsp',
      'paceline init --example=t': 'tsp',
      'paceline verify ': study,
      'paceline report ': study,
      'paceline show ': candidate,
      'paceline diff origin ': candidate,
      'paceline steer veto ': candidate,
      'paceline help ver': 'verify',
      'paceline run --config ': shell === 'bash' ? 'files: -o default' : 'paceline.yaml',
    };
    const asking = { cwd: home, bin: emptyFolder(), lines: Object.keys(wanted) };
    const offered = offeredBy(shell, asking);
    Object.entries(wanted).forEach(([line, one], i) => {
      expect([line, offered[i]]).toEqual([line, expect.stringContaining(one)]);
    });
    expect(offered[0]).not.toContain('status');
  });
}
