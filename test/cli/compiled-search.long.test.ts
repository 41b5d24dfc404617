/** Searches on C, C++, Rust and Java, compiled for each rollout: confirmed on fresh pairs, verified from the ledger. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { cli } from './fixtures/cli.ts';
import { COMPILED, compiledFolder } from './fixtures/compiled-task.ts';

const TRIALS = 20;
/** Of the children of a program whose values have one sort, so many or more compile. */
const LEAST_COMPILED = 0.6;

for (const [compiler, task] of Object.entries(COMPILED)) {
  // One in somebody's home, as rustup installs it, is out of sight in the jail.
  const isHere = spawnSync(join('/usr/bin', compiler), ['--version']).status === 0;
  const title = `${task.file} is improved${isHere ? '' : ` (there is no /usr/bin/${compiler})`}`;
  test.skipIf(!isHere)(title, { timeout: 600_000 }, async () => {
    const folder = compiledFolder(task, TRIALS);
    const ran = await cli(folder, 'run', '--quiet', '--json');
    expect(ran.stderr).toBe('');
    const { promotions, measurements } = ran.json() as unknown as {
      readonly promotions: readonly object[];
      readonly measurements: Readonly<Record<string, number>>;
    };
    console.info(`${task.file}:`, JSON.stringify({ promotions, measurements }));
    expect(promotions).not.toHaveLength(0);
    expect(measurements['scored']).toBeGreaterThanOrEqual(LEAST_COMPILED * TRIALS);
    expect((await cli(folder, 'show', '--source')).stdout).toContain('EVOLVE-BLOCK-START');
    expect((await cli(folder, 'verify')).code).toBe(0);
  });
}
